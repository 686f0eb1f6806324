package waybill.eta;

/// What [EtaModel#encode] gave, as it was saved.
///
/// @param sequence the newest event of the log that the model has learnt from
@SuppressWarnings("ArrayRecordComponent") // passed on once, and never compared
public record SavedEtaModel(long sequence, byte[] state) {}
