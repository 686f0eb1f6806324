@NullMarked
package waybill.bench;

import org.jspecify.annotations.NullMarked;
