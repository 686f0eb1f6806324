package waybill.directory;

import java.time.Instant;
import waybill.access.UserId;

/// A phone or browser of a user that takes push messages under a token of its platform.
public record Device(String token, UserId user, String platform, Instant registeredAt) {}
