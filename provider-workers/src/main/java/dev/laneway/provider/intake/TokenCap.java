package dev.laneway.provider.intake;

import dev.laneway.contracts.Request;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.Directory;
import java.util.Objects;

/** How much an answer may have whose client doesn't limit it, by the terms of whoever the request is made for. Safe on any thread. */
public final class TokenCap {
    private static final long NONE = Long.MAX_VALUE;

    private final Directory directory;

    public TokenCap(Directory directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * Tokens of each answer.
     *
     * @param route that the request is on, which is a pattern where the request names one of many
     * @param group that is called
     * @param operators what the config allows all answers of a request together, 0 for no cap
     * @return 0 for no cap
     */
    int of(Request request, String route, String group, int operators) {
        long most = Math.min(ofModel(request.route()), Math.min(ofModel(route), ofModel(group)));
        for (Holder holder : directory.payers(request.owner(), request.payer())) {
            most = Math.min(most, of(holder.terms()));
        }
        long answers = Math.max(1, request.choices());
        long operatorsEach = operators == 0 ? Integer.MAX_VALUE : Math.max(1, operators / answers);
        if (most == NONE) {
            return operators == 0 ? 0 : (int) operatorsEach;
        }
        long each = Math.max(1, (most - request.inputTokens()) / answers);
        return (int) Math.min(operatorsEach, each);
    }

    private long ofModel(String model) {
        return of(directory.terms(Scope.MODEL, model));
    }

    private static long of(Terms terms) {
        long most = terms.limits() == null ? 0 : terms.limits().tokensPerRequest();
        return most == 0 ? NONE : most;
    }
}
