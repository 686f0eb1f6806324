package waybill.server.playback;

import java.time.Duration;
import java.time.InstantSource;
import waybill.hub.projection.DisplayNames;

/// What the time machine has to know of its hub.
///
/// @param names of the people of orders
/// @param isHiddenUntilNext whether customers and stores see no position of a driver until their stop is its next
public record PlaybackSettings(
        Duration trackRetention,
        Duration orderRetention,
        DisplayNames names,
        boolean isHiddenUntilNext,
        InstantSource clock) {}
