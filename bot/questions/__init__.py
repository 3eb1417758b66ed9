"""What was asked: names and slots found and masked, topic and aspect matched, context applied."""
