package waybill.order;

/// A committed fact that has to be published. Events are immutable, named in the past tense, and never refused; only
/// commands are.
///
/// A new kind of event breaks every exhaustive `switch` over events on purpose.
public sealed interface Event permits OrderEvent, HubEvent, NodeEvent {}
