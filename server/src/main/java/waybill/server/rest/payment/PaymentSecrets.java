package waybill.server.rest.payment;

import java.util.List;

/// The secrets by which payment providers sign; of each provider several while one is replaced by another, none if it
/// is not used.
public record PaymentSecrets(List<String> stripe, List<String> razorpay) {

    public static final PaymentSecrets NONE = new PaymentSecrets(List.of(), List.of());

    /// Secrets of a provider. Each costs a signature of every request.
    private static final int SECRETS_MAX = 10;

    public PaymentSecrets {
        stripe = requireValid("stripe", stripe);
        razorpay = requireValid("razorpay", razorpay);
    }

    private static List<String> requireValid(String provider, List<String> secrets) {
        if (secrets.size() > SECRETS_MAX || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(provider + ": " + secrets.size()
                    + " secrets, or a blank one (expected: at most " + SECRETS_MAX + ", none of them blank)");
        }
        return List.copyOf(secrets);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "PaymentSecrets[stripe=" + stripe.size() + ", razorpay=" + razorpay.size() + "]";
    }
}
