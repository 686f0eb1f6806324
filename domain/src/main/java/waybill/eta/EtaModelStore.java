package waybill.eta;

import java.util.Optional;

/// Reads the saved model. A port: `storage` implements it. The model is saved by
/// [waybill.journal.UnitOfWork#saveEtaModel].
@FunctionalInterface
public interface EtaModelStore {

    Optional<SavedEtaModel> findEtaModel();
}
