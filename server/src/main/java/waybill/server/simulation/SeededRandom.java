package waybill.server.simulation;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/// The randomness of a simulated machine. It is anything but secure.
final class SeededRandom extends SecureRandom {

    private static final long serialVersionUID = 1;

    SeededRandom(long seed) {
        super(new Source(new SplittableRandom(seed)), null);
    }

    private static final class Source extends SecureRandomSpi {

        private static final long serialVersionUID = 1;

        private final transient SplittableRandom random;

        Source(SplittableRandom random) {
            this.random = random;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // the seed of the simulation stays
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            var seed = new byte[count];
            random.nextBytes(seed);
            return seed;
        }
    }
}
