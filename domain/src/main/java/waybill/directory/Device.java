package waybill.directory;

import java.time.Instant;

/// A phone or browser of a user that takes push messages under a token of its platform.
public record Device(String token, String user, String platform, Instant registeredAt) {}
