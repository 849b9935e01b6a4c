package dev.laneway.testkit.limits;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits in force. The first rule that fits a model counts for it. Holds the buckets of the 10,000 pairs of key
 * and model used last. Safe for any thread.
 */
public final class RateLimits {
    private static final int MOST_ACCOUNTS = 10_000;
    private static final Admission UNLIMITED = new Admission.Admitted(Standing.AMPLE, () -> {});

    private final Clock clock;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };
    private volatile List<LimitRule> rules = List.of();

    public RateLimits(Clock clock) {
        this.clock = clock;
    }

    private static final class Account {
        private final Bucket requests;
        private final Bucket tokens;
        private int running;

        Account(LimitRule rule, long now) {
            requests = new Bucket(rule.requestsPerMinute(), now);
            tokens = new Bucket(rule.tokensPerMinute(), now);
        }

        Standing standing() {
            return new Standing(
                    requests.limit(),
                    requests.left(),
                    requests.millisUntil(requests.limit()),
                    tokens.limit(),
                    tokens.left(),
                    tokens.millisUntil(tokens.limit()));
        }
    }

    /** Puts these rules in place of all others; every bucket is full again. */
    public void replace(List<LimitRule> next) {
        synchronized (accounts) {
            accounts.clear();
            rules = List.copyOf(next);
        }
    }

    public List<LimitRule> rules() {
        return rules;
    }

    /** Lets a call in, or not. Its tokens are taken before it runs and not given back. */
    public Admission admit(String key, String model, long tokens) {
        List<LimitRule> inForce = rules;
        Optional<LimitRule> found = inForce.isEmpty()
                ? Optional.empty()
                : inForce.stream().filter(rule -> rule.model().matches(model)).findFirst();
        if (found.isEmpty()) {
            return UNLIMITED;
        }
        LimitRule rule = found.get();
        long now = clock.millis();
        synchronized (accounts) {
            Account account = accounts.computeIfAbsent(key + '\n' + model, name -> new Account(rule, now));
            if (!account.requests.holds(1, now)) {
                return denied(account, account.requests, Admission.Over.REQUESTS, 1);
            }
            if (!account.tokens.holds(tokens, now)) {
                return denied(account, account.tokens, Admission.Over.TOKENS, tokens);
            }
            if (rule.parallel() > 0 && account.running >= rule.parallel()) {
                return new Admission.Denied(
                        account.standing(), Admission.Over.PARALLEL, rule.parallel(), account.running, 1, 1000);
            }
            account.requests.take(rule.requestsPerMinute() == 0 ? 0 : 1);
            account.tokens.take(rule.tokensPerMinute() == 0 ? 0 : tokens);
            account.running++;
            return new Admission.Admitted(account.standing(), () -> release(account));
        }
    }

    private void release(Account account) {
        synchronized (accounts) {
            account.running--;
        }
    }

    private static Admission denied(Account account, Bucket bucket, Admission.Over over, long amount) {
        return new Admission.Denied(
                account.standing(), over, bucket.limit(), bucket.used(), amount, bucket.millisUntil(amount));
    }
}
