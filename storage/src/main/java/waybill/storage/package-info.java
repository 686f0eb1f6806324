@NullMarked
package waybill.storage;

import org.jspecify.annotations.NullMarked;
