package dev.laneway.ingress.http;

import dev.laneway.ingress.auth.Caller;
import org.jspecify.annotations.Nullable;

/** What somebody known must keep to before any call is looked at further. Answers from memory, on any thread. */
@FunctionalInterface
public interface CallerRule {
    /** Why a call is turned down; null where it is not. */
    @Nullable
    Rejection refusal(Call call, Caller caller);
}
