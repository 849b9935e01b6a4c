package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.VendorDialect;

/** A vendor as its answers show it, whatever it was asked for. Stateless and safe for any number of threads. */
public interface AskedVendor {

    /** What it was asked in. */
    VendorDialect id();

    /**
     * Types an answer with a status other than 2xx. The message is the vendor's, scrubbed of anything that looks like a key and
     * cut at 1,000 characters; a vendor may quote the prompt in it, so it is for the client only.
     *
     * @param body what arrived of it, possibly cut or empty
     * @param now epoch milliseconds, for a {@code Retry-After} that is a date
     */
    Failure classify(int status, HeaderLookup headers, byte[] body, long now);
}
