package waybill.hub.position;

import waybill.tracking.SignalPolicy;

/// How often positions of a driver are published and stored, and how exactly viewers see them.
///
/// @param intervalMs between two published positions of a driver, in the long run; those in between are replaced by
///     the newest. 0 for no limit
/// @param burst positions of a driver that are published at once before that
/// @param trackPointsPerMinute points of the track that each driver may send in a minute, in the long run; 0 for no
///     limit
/// @param isHiddenUntilNext whether customer and store see nothing of a driver before their order is its next stop,
///     instead of a rounded position
/// @param signal how old a position may be
public record PositionPolicy(
        int intervalMs, int burst, int trackPointsPerMinute, boolean isHiddenUntilNext, SignalPolicy signal) {}
