package waybill.eta;

/// A predicted time, in minutes, with the band that four of five legs fall into.
///
/// @param legs how many legs the prediction is learnt from; old ones fade
public record LegTime(double minutes, double low, double high, double legs) {}
