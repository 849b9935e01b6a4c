package dev.laneway.ingress;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;

/** Facts of requests that a test's ingress published. */
final class Facts {
    private Facts() {}

    static Fact.Attempted completed(Request request) {
        return attempted(
                Fact.Subject.of(request),
                Outcome.SUCCEEDED,
                null,
                new Fact.Terminal(Status.COMPLETED, 200, null, 1, 0, "lw.cloud.replies", 3, 10, 12));
    }

    static Fact.Attempted failedOnce(Request request, FailureKind kind) {
        return attempted(Fact.Subject.of(request), Outcome.FAILED, kind, null);
    }

    static Fact.OfRequest ended(Request request, FailureKind kind, int status) {
        return new Fact.Ended(Fact.Subject.of(request), now(), Fact.Terminal.failed(kind, status, 1, 0));
    }

    private static Fact.Attempted attempted(
            Fact.Subject subject, Outcome outcome, FailureKind failure, Fact.Terminal terminal) {
        return new Fact.Attempted(
                subject,
                subject.id() + ":0:0",
                "d_0123456789ab",
                "claude",
                "anthropic",
                "anthropic-1",
                "claude-sonnet-4-5",
                Zone.CLOUD,
                "local",
                outcome,
                failure,
                failure == null ? 200 : 503,
                true,
                TokenUsage.of(1, 2),
                now() - 100,
                now() - 50,
                now(),
                terminal,
                false);
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
