"""What a release says: rules turn its sentences into figures and statements."""
