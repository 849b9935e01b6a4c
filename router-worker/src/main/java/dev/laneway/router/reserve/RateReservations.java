package dev.laneway.router.reserve;

import dev.laneway.contracts.Allotment;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Scope;
import dev.laneway.router.meters.RateMeters;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Wildcard;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.notices.Notices;
import dev.laneway.runtime.rate.ExpectedTokens;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts an attempt at the limits of the deployment that it goes to, of its provider, and of its model where the request has another name for
 * that, before money is reserved for it; where that is then refused, what was counted is taken back. An attempt under no such limit asks nobody.
 * One context.
 */
public final class RateReservations implements Reservations {
    private static final Logger LOG = LoggerFactory.getLogger(RateReservations.class);
    private static final long AWAY_MILLIS = 2_000;
    /** Longer than any deadline of today. */
    private static final long NEVER_MILLIS = 86_400_000;

    private final Directory directory;
    private final RateStore store;
    private final Function<String, @Nullable Deployment> deployments;
    private final Reservations money;
    private final RateMeters meters;
    private final Notices notices;

    /**
     * @param deployments of the config in force, by id
     * @param money reserves what the attempt can cost
     * @param notices of what goes on uncounted
     */
    public RateReservations(
            Directory directory,
            RateStore store,
            Function<String, @Nullable Deployment> deployments,
            Reservations money,
            RateMeters meters,
            Notices notices) {
        this.directory = directory;
        this.store = store;
        this.deployments = deployments;
        this.money = money;
        this.meters = meters;
        this.notices = notices;
    }

    @Override
    public Future<Answer> reserve(Attempt attempt) {
        Deployment deployment = deployments.apply(attempt.deployment());
        List<Limited> holders = deployment == null
                ? List.of()
                : limits(deployment, attempt.request().route());
        if (holders.isEmpty()) {
            return money.reserve(attempt);
        }
        RateStore.Ask ask = new RateStore.Ask(
                attempt.id(),
                holders,
                ExpectedTokens.of(attempt.request(), holders),
                new RateStore.Once(attempt.request().deadline(), attempt.deployment() + " " + attempt.account()));
        return store.admit(ask)
                .compose(
                        verdict -> switch (verdict) {
                            case RateStore.Passed passed -> passed(attempt, ask, passed);
                            case RateStore.Refused refused -> {
                                meters.limited(refused);
                                yield Future.succeededFuture(new Denied(noRoom(ask, refused)));
                            }
                        },
                        cause -> away(attempt, holders));
    }

    /** @param asked the model as the request names it, by which an ingress has counted the request */
    private List<Limited> limits(Deployment deployment, String asked) {
        List<Limited> limited = new ArrayList<>(0);
        add(limited, Scope.DEPLOYMENT, deployment.id());
        Directory.providers(deployment.provider()).forEach(name -> add(limited, Scope.PROVIDER, name));
        if (!means(asked, deployment.group())) {
            add(limited, Scope.MODEL, deployment.group());
        }
        return limited;
    }

    private static boolean means(String asked, String group) {
        Wildcard pattern = asked.equals(group) ? null : Wildcard.of(group);
        return asked.equals(group) || (pattern != null && pattern.part(asked) != null);
    }

    private void add(List<Limited> limited, Scope scope, String id) {
        Limited holder = Limited.of(scope, id, directory.terms(scope, id));
        if (holder != null) {
            limited.add(holder);
        }
    }

    /** What was asked before goes where it went the first time, which may be another deployment of the hop. */
    private Future<Answer> passed(Attempt attempt, RateStore.Ask ask, RateStore.Passed passed) {
        String[] plan = passed.plan().split(" ", 2);
        if (!plan[0].equals(attempt.deployment())) {
            return reserve(attempt.to(plan[0], plan[1]));
        }
        List<Allotment.Share> shares = ask.holders().stream()
                .map(holder -> new Allotment.Share(holder.scope(), holder.id(), holder.limits()))
                .toList();
        return paid(attempt.allotted(new Allotment(passed.at(), ask.tokens(), shares)), ask);
    }

    private Future<Answer> paid(Attempt counted, RateStore.Ask ask) {
        return money.reserve(counted).map(answer -> switch (answer) {
            case Granted granted -> {
                if (granted.attempt().deployment().equals(counted.deployment())) {
                    yield granted;
                }
                takeBack(counted, ask);
                yield new Granted(granted.attempt().allotted(null));
            }
            case Denied denied -> {
                takeBack(counted, ask);
                yield denied;
            }
        });
    }

    private void takeBack(Attempt counted, RateStore.Ask ask) {
        Allotment allotment = counted.allotment();
        if (allotment != null) {
            store.settle(new RateStore.Settlement(
                    ask.request(), ask.holders(), allotment.at(), -1, -allotment.tokens(), true));
        }
    }

    private Future<Answer> away(Attempt attempt, List<Limited> holders) {
        if (holders.stream().noneMatch(Limited::closed)) {
            return money.reserve(attempt).onSuccess(answer -> {
                if (answer instanceof Granted) {
                    meters.open();
                    notices.noticed(attempt.request().owner(), NoticeKind.UNCOUNTED);
                }
            });
        }
        meters.away();
        LOG.warn("attempt {} is not made: nobody can tell what is left of its limits", attempt.id());
        return Future.succeededFuture(new Denied(new Failure(
                FailureKind.LIMITS_AWAY,
                "What is left of the limits of this model can't be told just now; try again.",
                0,
                AWAY_MILLIS)));
    }

    private static Failure noRoom(RateStore.Ask ask, RateStore.Refused refused) {
        long limit = refused.kind().of(refused.holder().limits());
        String whose =
                refused.holder().words() + ": " + limit + " " + refused.kind().words() + ".";
        boolean never = refused.kind().countsTokens() && ask.tokens() > limit;
        return new Failure(
                FailureKind.LIMIT_REACHED,
                never
                        ? "The prompt alone has about " + ask.tokens() + " tokens, more than the limit of " + whose
                        : "Rate limit reached of " + whose,
                0,
                never ? NEVER_MILLIS : refused.waitMillis());
    }
}
