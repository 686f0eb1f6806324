@NullMarked
package waybill.server;

import org.jspecify.annotations.NullMarked;
