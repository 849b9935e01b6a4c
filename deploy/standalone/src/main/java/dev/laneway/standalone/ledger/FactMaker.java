package dev.laneway.standalone.ledger;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes usage facts as a busy gateway of several teams has them. The same seed makes the same ones, but for ids and times. */
final class FactMaker {
    private static final int KEYS = 60;
    private static final int TEAMS = 8;
    private static final int USERS = 40;
    private static final List<String> ROUTES = List.of("general-smart", "general-fast", "coding-agent");
    private static final List<String> LANES = List.of("premium", "routine", "coding");
    private static final List<String> MODELS = List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-pro");
    private static final List<String> PROVIDERS = List.of("openai", "openai", "anthropic", "gemini");

    private final Random random;

    FactMaker(long seed) {
        random = new Random(seed);
    }

    /** One in twenty is a call that failed; one in five has a tag; the others end their request. */
    Fact.Attempted next() {
        int key = random.nextInt(KEYS);
        return of(
                "key_" + key, new Payer("team_" + key % TEAMS, "user_" + key % USERS, tags()), random.nextInt(20) != 0);
    }

    /** One of a key that has no other. */
    Fact.Attempted of(String owner) {
        return of(owner, Payer.NOBODY, true);
    }

    private List<String> tags() {
        return random.nextInt(5) == 0 ? List.of("tag_" + random.nextInt(10)) : List.of();
    }

    private Fact.Attempted of(String owner, Payer payer, boolean succeeded) {
        long now = System.currentTimeMillis();
        int route = random.nextInt(ROUTES.size());
        int model = random.nextInt(MODELS.size());
        Fact.Subject request = new Fact.Subject(
                RequestIds.next(now),
                owner,
                ROUTES.get(route),
                LANES.get(route),
                Zone.CLOUD,
                WorkClass.INTERACTIVE,
                now,
                null,
                payer);
        TokenUsage usage = succeeded
                ? new TokenUsage(random.nextInt(4_000), random.nextInt(1_000), random.nextInt(500), 0, 0)
                : null;
        return new Fact.Attempted(
                request,
                request.id() + ":0:0",
                "d_" + model + "0123456789",
                MODELS.get(model),
                PROVIDERS.get(model),
                PROVIDERS.get(model) + "-1",
                MODELS.get(model),
                Zone.CLOUD,
                "local",
                succeeded ? Outcome.SUCCEEDED : Outcome.FAILED,
                succeeded ? null : FailureKind.OVERLOADED,
                succeeded ? 200 : 529,
                true,
                usage,
                now,
                now,
                now,
                terminal(succeeded),
                false,
                succeeded
                        ? new Charge(
                                new Money(random.nextInt(1_000_000_000)),
                                PROVIDERS.get(model) + "/" + MODELS.get(model) + "@2025-10-01",
                                false)
                        : null,
                List.of());
    }

    private static Fact.@Nullable Terminal terminal(boolean succeeded) {
        return succeeded
                ? new Fact.Terminal(Status.COMPLETED, 200, null, 1, 0, "lw.cloud.replies", 1, 1_000, 1_003)
                : null;
    }
}
