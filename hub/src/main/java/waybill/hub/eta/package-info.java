/// Times of arrival in the running hub: travel times from a provider or from what was learnt, and the learning itself.
///
/// [waybill.hub.eta.CachedTravelTimes] answers at once with the best that is known: start there.
/// [waybill.hub.eta.EtaLearner] reads the log and teaches the model of [waybill.eta], which
/// [waybill.hub.eta.EtaModelSaver] keeps in the store.
@NullMarked
package waybill.hub.eta;

import org.jspecify.annotations.NullMarked;
