"""What was published: releases, their sentences and spans; reading and checking ``seeds/``."""
