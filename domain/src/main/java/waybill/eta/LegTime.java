package waybill.eta;

/// A predicted time, in minutes, with the band that four of five legs fall into.
public record LegTime(double minutes, double low, double high) {}
