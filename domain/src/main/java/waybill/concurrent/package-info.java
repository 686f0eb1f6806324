/// The port behind which a hub's threads are started.
@NullMarked
package waybill.concurrent;

import org.jspecify.annotations.NullMarked;
