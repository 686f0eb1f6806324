package waybill.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.Predicate;

/// Which web pages may speak to the hub: those of this machine, and those on the list.
record LocalOrigins(Set<String> allowed) implements Predicate<String> {

    @Override
    public boolean test(String origin) {
        return allowed.contains(origin) || isLocal(origin);
    }

    private static boolean isLocal(String origin) {
        try {
            var uri = new URI(origin);
            return uri.getHost() != null && LocalHosts.isLocal(uri.getHost());
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
