package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call to one deployment, to be made: the envelope of an {@code attempts} event. Its value is the client's body, and behind it what
 * was said already where it continues another attempt.
 *
 * @param request what the client asked
 * @param plan the plan, counting this attempt
 * @param hop index of its hop
 * @param tryNumber numbers the attempts of the request from 0, so that every id is given once
 * @param deployment the deployment's id
 * @param account the account whose topic it is on
 * @param fallbacks hops that failed before this one
 * @param publishedAt when the router published it, epoch milliseconds
 * @param continues the beginning of the answer that it goes on with; absent where it answers from the start
 * @param maybe set where the same attempt may have been published before: the epoch of the claims at that time (or {@code none}).
 *     Under another epoch nobody remembers whether it was sent
 * @param hold the money that is held for it; absent where no budget applies
 * @param allotment what is counted of it at the limits of its deployment and provider; absent where they have none
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Attempt(
        Request request,
        Plan plan,
        int hop,
        int tryNumber,
        String deployment,
        String account,
        int fallbacks,
        long publishedAt,
        @Nullable Said continues,
        @Nullable String maybe,
        @Nullable Hold hold,
        @Nullable Allotment allotment)
        implements Event {
    /** An attempt that is published for the first time, and answers from the start. */
    public Attempt(
            Request request,
            Plan plan,
            int hop,
            int tryNumber,
            String deployment,
            String account,
            int fallbacks,
            long publishedAt) {
        this(request, plan, hop, tryNumber, deployment, account, fallbacks, publishedAt, null, null, null, null);
    }

    /** An attempt that is published for the first time, and may go on with what another one began. */
    public Attempt(
            Request request,
            Plan plan,
            int hop,
            int tryNumber,
            String deployment,
            String account,
            int fallbacks,
            long publishedAt,
            @Nullable Said continues) {
        this(request, plan, hop, tryNumber, deployment, account, fallbacks, publishedAt, continues, null, null, null);
    }

    public Attempt {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(account, "account");
    }

    /** The same attempt, which may have been published before, under that epoch of the claims. */
    public Attempt perhapsAgain(String epoch) {
        return with(epoch, hold, allotment);
    }

    /** The same attempt, with money held for it. */
    public Attempt holding(@Nullable Hold money) {
        return with(maybe, money, allotment);
    }

    /** The same attempt, counted at limits. */
    public Attempt allotted(@Nullable Allotment counted) {
        return with(maybe, hold, counted);
    }

    /** The same attempt, for another deployment; nothing is held for it or counted of it there. */
    public Attempt to(String otherDeployment, String otherAccount) {
        return new Attempt(
                request,
                plan,
                hop,
                tryNumber,
                otherDeployment,
                otherAccount,
                fallbacks,
                publishedAt,
                continues,
                maybe,
                null,
                null);
    }

    private Attempt with(@Nullable String epoch, @Nullable Hold money, @Nullable Allotment counted) {
        return new Attempt(
                request,
                plan,
                hop,
                tryNumber,
                deployment,
                account,
                fallbacks,
                publishedAt,
                continues,
                epoch,
                money,
                counted);
    }

    /** {@code request id : hop : try}: at most one upstream call is ever made for it. */
    @JsonIgnore
    public String id() {
        return request.id() + ":" + hop + ":" + tryNumber;
    }

    @Override
    @JsonIgnore
    public String requestId() {
        return request.id();
    }
}
