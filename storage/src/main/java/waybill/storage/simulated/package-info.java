/// A disk that a simulation controls.
@NullMarked
package waybill.storage.simulated;

import org.jspecify.annotations.NullMarked;
