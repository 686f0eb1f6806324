/// The file in which the proofs of an order are exported, and its verification without a hub.
/// [waybill.server.proof.ProofArchive] writes it, [waybill.server.proof.ArchiveVerifier] checks it. `docs/proof.md`
/// describes it for programs of others.
///
/// Does not depend on HTTP.
@NullMarked
package waybill.server.proof;

import org.jspecify.annotations.NullMarked;
