package dev.laneway.dialects.failures;

import dev.laneway.contracts.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What of a vendor's words a client must not read: the vendor's model id, where the route's name stands for it, and our key.
 *
 * @param shownModel the name to put in its place; empty to show the vendor's
 */
public record Concealment(
        String vendorModel, String shownModel, @Nullable String key) {

    public Failure of(Failure failure) {
        var message = failure.message();
        if (key != null && key.length() >= 6) {
            message = message.replace(key, "[redacted]");
        }
        if (!shownModel.isEmpty() && !vendorModel.isEmpty()) {
            message = message.replace(vendorModel, shownModel);
        }
        return message.equals(failure.message())
                ? failure
                : new Failure(failure.kind(), message, failure.vendorStatus(), failure.retryAfterMillis());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Concealment[" + vendorModel + " as " + shownModel + "]";
    }
}
