package dev.laneway.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.provider.claims.Remains;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.kafka.InheritedMarks;
import dev.laneway.runtime.kafka.PartitionProgress;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.topology.TopicPlan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Kafka, Redis, PostgreSQL, a vendor, the processes, and what happens to them, by a seed. */
final class World {
    static final GatewayConfig CONFIG = config();
    static final Map<String, Deployment> DEPLOYMENTS = CONFIG.deployments();
    static final String TOPIC = TopicPlan.of(CONFIG)
            .attempts(Zone.CLOUD, deployment -> true)
            .iterator()
            .next();
    static final Meters METERS = Meters.create();
    static final int USAGE_PARTITIONS = 2;

    private static final List<Deployment> BOTH = List.copyOf(DEPLOYMENTS.values());
    private static final long STORM_MILLIS = 24_000;
    private static final long CALM_MILLIS = 240_000;
    private static final long DEADLINE_MILLIS = 9_000;
    private static final long SESSION_MILLIS = 8_000;

    final VirtualTime time;
    final ModelRedis redis;
    final List<Input> inputs = new ArrayList<>();
    final Map<Integer, String> inputsBegun = new HashMap<>();
    final Set<Integer> inputsDone = new HashSet<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<List<Row>> usage = List.of(new ArrayList<>(), new ArrayList<>());
    final int[] usageCommitted = new int[USAGE_PARTITIONS];
    final Set<String> ended = new HashSet<>();
    final SimulatedAccounting[] accountings = new SimulatedAccounting[USAGE_PARTITIONS];
    SimulatedRouter router;
    SimulatedAccounting writer;
    boolean redisAway;
    int server;
    int unknown;
    int refused;
    int deaths;
    int forgotten;
    int unheard;
    final Map<String, Call> calls = new HashMap<>();

    private final long seed;
    private final SplittableRandom random;
    private final List<SimulatedRouter> routers = new ArrayList<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final List<SimulatedAccounting> books = new ArrayList<>();
    private final List<Runnable> copies = new ArrayList<>();
    private final Map<String, Control.Purse> purses = new LinkedHashMap<>();
    private final Map<String, Long> limits = new HashMap<>();
    private final Map<String, Long> exposed = new HashMap<>();
    private final Map<String, Map<String, Long>> facts = new HashMap<>();
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final Map<String, Long> exposure = new HashMap<>();
    private final Map<String, Boolean> toldFailed = new HashMap<>();
    private final ModelLedger ledger = new ModelLedger();
    private final boolean open;
    private SimulatedWorker owner;
    private long ownerSeen;
    private int generation;
    private long committed;
    private @Nullable StartMark mark;
    private boolean databaseAway;
    private boolean slow;
    private boolean dirty;
    private long stormEnd;
    private int names;
    private int lates;
    private int epochs;
    private int requests;
    private long version;

    /** What a router reads. */
    record Input(Request request, int hop, @Nullable String maybe) {}

    /** A fact about an attempt. */
    record Row(Attempt attempt, String kind, long cost) {}

    /** A vendor's side of a call. */
    record Call(long most, long cost, long millis) {}

    World(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.time = new VirtualTime(1_795_000_000_000L + delay(40_000));
        this.redis = new ModelRedis(this::now);
        this.open = chance(8);
        begin();
    }

    private static GatewayConfig config() {
        String text = """
                model_list:
                  - {model_name: a, litellm_params: {model: openai/gpt-4o, api_key: os.environ/X}}
                  - {model_name: a, litellm_params: {model: openai/gpt-4o-mini, api_key: os.environ/X}}
                """;
        ConfigResult result = new ConfigLoader(Providers.catalogue(), false)
                .parse(text, "laneway.yaml", Environment.of(Map.of("X", "x")));
        return ((ConfigResult.Valid) result).config();
    }

    private void begin() {
        budget(Scope.GLOBAL, Scope.ALL, true, limit("20s", 200, 900));
        budget(Scope.TAG, "one", true, limit("total", 300, 1_500), limit("20s", 150, 700));
        budget(Scope.TAG, "two", false, limit("40s", 150, 700));
        budget(Scope.DEPLOYMENT, BOTH.get(1).id(), true, limit("total", 200, 900));
        for (int i = 0; i < 2; i++) {
            routers.add(begun(new SimulatedRouter(this, name("r"))));
            workers.add(begun(new SimulatedWorker(this, name("w"))));
            books.add(begun(new SimulatedAccounting(this, name("a"))));
        }
        router = routers.getFirst();
        writer = books.getFirst();
        accountings[0] = books.getFirst();
        accountings[1] = books.getLast();
        assign(workers.getFirst());
    }

    private String name(String role) {
        return role + names++;
    }

    private <T extends SimulatedProcess> T begun(T process) {
        purses.values().forEach(purse -> put(process, purse));
        process.start();
        return process;
    }

    private static void put(SimulatedProcess process, Control.Purse purse) {
        Directory directory = process instanceof SimulatedRouter one
                ? one.directory
                : process instanceof SimulatedAccounting other ? other.directory : null;
        if (directory != null) {
            directory.put(purse);
        }
    }

    private Budget limit(String period, long least, long most) {
        long nanos = least + delay(most - least);
        return new Budget("b" + period, Money.ofNanos(nanos), BudgetPeriod.of(period), null, List.of());
    }

    /** @param steady it is there from the beginning to the end, and its limit is never lowered */
    private void budget(Scope scope, String id, boolean steady, Budget... budgets) {
        List<Budget> some = steady && chance(4) ? List.of() : List.of(budgets);
        Terms terms =
                new Terms(null, null, null, List.of(), null, null, some, null, open ? WhenAway.OPEN : WhenAway.CLOSED);
        purses.put(scope + id, new Control.Purse(++version, scope, id, terms, false, null));
        if (steady) {
            some.forEach(budget ->
                    limits.put(scope + id + budget.name(), budget.limit().nanosUp()));
        }
    }

    /** What a vendor takes at most. */
    static RouterMoney.Most price(Deployment deployment) {
        return deployment.equals(BOTH.getFirst()) ? new RouterMoney.Most(10, 1, 60) : new RouterMoney.Most(20, 3, 40);
    }

    static Deployment deployment(Attempt attempt) {
        return DEPLOYMENTS.get(attempt.deployment());
    }

    /** Whether an attempt counts in a window. */
    static boolean counts(Attempt attempt, Window window) {
        Request request = attempt.request();
        boolean within = request.acceptedAt() >= window.start() && request.acceptedAt() < window.end();
        return within
                && switch (window.scope()) {
                    case TAG -> request.payer().tags().contains(window.holder());
                    case DEPLOYMENT -> attempt.deployment().equals(window.holder());
                    default -> true;
                };
    }

    long now() {
        return time.now();
    }

    long delay(long most) {
        return random.nextLong(most + 1);
    }

    /** One in so many. */
    boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    boolean isStormy() {
        return now() < stormEnd;
    }

    boolean slow() {
        return slow;
    }

    Deployment anyDeployment() {
        return BOTH.get(random.nextInt(BOTH.size()));
    }

    /** Everything, until all is quiet again. */
    void run() {
        stormEnd = now() + STORM_MILLIS;
        ask();
        storm();
        watch();
        time.passUntil(stormEnd, this::check);
        redisAway = false;
        databaseAway = false;
        slow = false;
        long end = now() + CALM_MILLIS;
        String left = left();
        while (left != null && now() < end) {
            time.passUntil(now() + 1_000, this::check);
            left = left();
        }
        assertThat(left).as(of() + ": what does not end").isNull();
        if (chance(4)) {
            spendAll();
        }
    }

    private String of() {
        return "seed " + seed;
    }

    private void ask() {
        if (now() >= stormEnd - 1_000) {
            return;
        }
        String id = "q" + requests++;
        long tokens = chance(3) ? 0 : 5 + delay(50);
        inputs.add(new Input(request(id, tokens, List.of(chance(2) ? "one" : "two"), DEADLINE_MILLIS), 0, null));
        time.after(delay(1_800), this::ask);
    }

    private Request request(String id, long tokens, List<String> tags, long patience) {
        return RequestFixture.request()
                .id(id)
                .owner("key")
                .route("a")
                .lane("lane")
                .inputTokens(1)
                .maxTokens(tokens)
                .acceptedAt(now())
                .deadline(now() + patience)
                .payer(new Payer(null, null, tags))
                .build();
    }

    private void storm() {
        if (now() >= stormEnd) {
            return;
        }
        switch (random.nextInt(16)) {
            case 0 -> {
                forgotten++;
                redis.empty();
            }
            case 1 -> {
                forgotten++;
                server++;
                if (copies.isEmpty()) {
                    redis.empty();
                } else {
                    copies.get(random.nextInt(copies.size())).run();
                }
            }
            case 2 -> copies.add(redis.copy());
            case 3 -> {
                redisAway = true;
                time.after(300 + delay(4_000), () -> redisAway = false);
            }
            case 4, 5 -> any().cut();
            case 6 -> {
                databaseAway = true;
                time.after(500 + delay(4_000), () -> databaseAway = false);
            }
            case 7 -> kill(routers, SimulatedRouter.class);
            case 8, 9 -> kill(workers, SimulatedWorker.class);
            case 10 -> kill(books, SimulatedAccounting.class);
            case 11 -> {
                if (!workers.isEmpty()) {
                    workers.get(random.nextInt(workers.size())).standStill(delay(12_000));
                }
            }
            case 12 -> {
                if (!owner.isStill() && !owner.isDead() && !workers.isEmpty()) {
                    assign(workers.get(random.nextInt(workers.size())));
                }
            }
            case 13, 14 -> change();
            default -> slow = !slow;
        }
        time.after(delay(3_000), this::storm);
    }

    private SimulatedProcess any() {
        List<SimulatedProcess> all = new ArrayList<>(routers);
        all.addAll(workers);
        all.addAll(books);
        if (all.isEmpty()) {
            all.add(owner);
        }
        return all.get(random.nextInt(all.size()));
    }

    private <T extends SimulatedProcess> void kill(List<T> some, Class<T> role) {
        if (some.isEmpty()) {
            return;
        }
        deaths++;
        T one = some.get(random.nextInt(some.size()));
        one.die();
        some.remove(one);
        time.after(delay(3_000), () -> some.add(role.cast(begun(another(role)))));
    }

    private SimulatedProcess another(Class<?> role) {
        return role == SimulatedRouter.class
                ? new SimulatedRouter(this, name("r"))
                : role == SimulatedWorker.class
                        ? new SimulatedWorker(this, name("w"))
                        : new SimulatedAccounting(this, name("a"));
    }

    /** Who is dead is noticed after a while. */
    private void watch() {
        if (!owner.isDead() && !owner.isStill()) {
            ownerSeen = now();
        } else if (now() - ownerSeen > SESSION_MILLIS || (owner.isDead() && chance(4))) {
            workers.stream().filter(worker -> !worker.isStill()).findFirst().ifPresent(this::assign);
        }
        if (router.isDead() && !routers.isEmpty() && chance(2)) {
            router = routers.getFirst();
        }
        if (writer.isDead() && !books.isEmpty() && chance(2)) {
            writer = books.getFirst();
        }
        for (int i = 0; i < USAGE_PARTITIONS; i++) {
            if (accountings[i].isDead() && !books.isEmpty() && chance(2)) {
                accountings[i] = books.get(random.nextInt(books.size()));
            }
        }
        time.after(500, this::watch);
    }

    private void assign(SimulatedWorker to) {
        if (owner != null) {
            owner.revoked();
        }
        owner = to;
        ownerSeen = now();
        generation++;
        to.assigned(generation, new InheritedMarks.Inherited(committed, attempts.size(), mark));
    }

    /** A steady budget is raised; the other one is changed, taken away or made anew. */
    private void change() {
        Control.Purse before = purses.get(chance(2) ? Scope.GLOBAL + Scope.ALL : Scope.TAG + "two");
        boolean steady = before.scope() == Scope.GLOBAL;
        if (steady && before.terms().budgets().isEmpty()) {
            return;
        }
        List<Budget> after = new ArrayList<>();
        for (Budget budget : before.terms().budgets()) {
            long limit = steady ? budget.limit().nanosUp() + delay(300) : 100 + delay(700);
            after.add(new Budget(budget.name(), Money.ofNanos(limit), budget.period(), null, List.of()));
            limits.computeIfPresent(before.scope() + before.id() + budget.name(), (name, was) -> limit);
        }
        if (!steady && chance(2)) {
            after = after.isEmpty() ? List.of(limit("40s", 150, 700)) : List.of();
        }
        Terms terms = new Terms(
                null,
                null,
                null,
                List.of(),
                null,
                null,
                after,
                null,
                before.terms().whenAway());
        Control.Purse now = new Control.Purse(++version, before.scope(), before.id(), terms, false, null);
        purses.put(before.scope() + before.id(), now);
        List<SimulatedProcess> all = new ArrayList<>(routers);
        all.addAll(books);
        all.forEach(process -> process.after(delay(300), () -> put(process, now)));
    }

    ModelLedger ledger() {
        if (databaseAway) {
            throw new SimulatedProcess.AwayException();
        }
        return ledger;
    }

    /** A process says that it lives. @return the epoch */
    String beat(String name, long until) {
        String run = "run" + server + ".";
        if (!redis.epoch().startsWith(run)) {
            redis.epoch(run + "e" + ++epochs);
        }
        redis.alive(name, until);
        return redis.epoch();
    }

    /** A server that came with an older copy has another epoch as soon as anybody asks it. */
    private boolean isRestored() {
        return redis.isRestored() && redis.epoch().startsWith("run" + server + ".");
    }

    void touched() {
        dirty = true;
    }

    boolean isDrawn(Input input) {
        return ended.contains(input.request().id())
                || attempts.stream()
                        .anyMatch(attempt ->
                                attempt.requestId().equals(input.request().id()) && attempt.hop() >= input.hop());
    }

    /** What the log says of an attempt whose worker died. */
    Remains remains(Attempt attempt) {
        if (facts.containsKey(attempt.id())) {
            return new Remains.Told();
        }
        return Boolean.FALSE.equals(toldFailed.get(attempt.id()))
                ? new Remains.Failed(
                        new FailedAttempt(attempt, Failure.of(FailureKind.BUDGETS_AWAY, "not called"), false, 0, now()))
                : new Remains.Unknown(0);
    }

    boolean commit(SimulatedWorker by, int number, PartitionProgress.Due due) {
        if (owner != by || generation != number) {
            return false;
        }
        committed = due.offset();
        mark = due.mark();
        return true;
    }

    boolean committed(SimulatedAccounting by, int partition, int offset) {
        if (accountings[partition] == by) {
            usageCommitted[partition] = Math.max(usageCommitted[partition], offset);
        }
        return true;
    }

    Map<TopicPartition, InheritedMarks.Inherited> inherited(String group, Set<TopicPartition> partitions) {
        Map<TopicPartition, InheritedMarks.Inherited> found = new HashMap<>();
        for (TopicPartition partition : partitions) {
            InheritedMarks.Inherited left = new InheritedMarks.Inherited(0, 0, null);
            if (group.equals(Groups.ACCOUNTING)) {
                int at = partition.partition();
                left = new InheritedMarks.Inherited(
                        usageCommitted[at], usage.get(at).size(), null);
            } else if (partition.topic().equals(TOPIC) && partition.partition() == 0) {
                left = new InheritedMarks.Inherited(committed, attempts.size(), mark);
            }
            found.put(partition, left);
        }
        return found;
    }

    /** An attempt failed: the next hop, if there is one. */
    boolean failed(Attempt attempt, @Nullable String before, boolean called) {
        boolean again = toldFailed.putIfAbsent(attempt.id(), called) != null || before != null;
        if (attempt.hop() == 0) {
            inputs.add(new Input(attempt.request(), 1, again ? StartMark.NO_EPOCH : null));
        } else {
            ended.add(attempt.requestId());
        }
        return true;
    }

    /** What an attempt can cost by what its vendor is asked for. */
    private static long cap(Attempt attempt) {
        Hold hold = attempt.hold();
        RouterMoney.Most most = price(deployment(attempt));
        long said = attempt.request().maxTokens();
        long tokens = hold != null && hold.maxTokens() > 0 ? hold.maxTokens() : said > 0 ? said : most.tokens();
        return most.fixed() + most.perToken() * tokens;
    }

    /** What an attempt is billed of which nobody knows. */
    long most(Attempt attempt) {
        Hold hold = attempt.hold();
        return hold == null ? cap(attempt) : hold.amount().nanosUp();
    }

    /** The request's bytes leave. */
    Call called(Attempt attempt) {
        RouterMoney.Most price = price(deployment(attempt));
        long most = cap(attempt);
        long cost = chance(3) ? most : price.fixed() / 2 + delay(most - price.fixed());
        Call call = new Call(most, cost, chance(6) ? 15_000 : 1_500);
        assertThat(calls.put(attempt.id(), call))
                .as(of() + ", calls of " + attempt.id())
                .isNull();
        if (!facts.containsKey(attempt.id())) {
            expose(attempt, most);
        }
        return call;
    }

    boolean fact(Attempt attempt, String kind, long cost) {
        Map<String, Long> kinds = facts.computeIfAbsent(attempt.id(), id -> new HashMap<>());
        kinds.putIfAbsent(kind, cost);
        if (calls.containsKey(attempt.id())) { // what was not called and nobody can tell of is billed, and not spent
            expose(attempt, kinds.getOrDefault("actual", kinds.getOrDefault("estimate", 0L)));
        }
        usage.get(Math.floorMod(attempt.requestId().hashCode(), USAGE_PARTITIONS))
                .add(new Row(attempt, kind, cost));
        Call call = calls.get(attempt.id());
        if (kind.equals("estimate") && call != null && chance(3)) {
            lates++;
            time.after(delay(6_000), () -> late(attempt, call));
        }
        return true;
    }

    /** What an estimate was of is reported after all. */
    private void late(Attempt attempt, Call call) {
        lates--;
        if (!facts.get(attempt.id()).containsKey("actual")) {
            fact(attempt, "actual", call.cost());
        }
    }

    private void expose(Attempt attempt, long amount) {
        long more = amount - exposed.getOrDefault(attempt.id(), 0L);
        exposed.put(attempt.id(), amount);
        for (Window window : of(attempt)) {
            windows.putIfAbsent(window.nameText(), window);
            exposure.merge(window.nameText(), more, Long::sum);
        }
        dirty = true;
    }

    /** The windows that an attempt counts in, of budgets that are there from the beginning to the end. */
    private List<Window> of(Attempt attempt) {
        List<Window> found = new ArrayList<>();
        for (Control.Purse purse : purses.values()) {
            Holder holder = new Holder(purse.scope(), purse.id(), purse.terms());
            for (Window window : Window.of(List.of(holder), attempt.request().acceptedAt())) {
                if (limits.containsKey(purse.scope() + purse.id() + window.budget()) && counts(attempt, window)) {
                    found.add(window);
                }
            }
        }
        return found;
    }

    /** After each step: no budget is passed, and what may be spent is counted. */
    private void check() {
        if (!dirty || open) {
            return;
        }
        dirty = false;
        boolean restored = isRestored();
        windows.forEach((name, window) -> {
            long sum = exposure.get(name);
            long limit = limits.get(window.scope() + window.holder() + window.budget());
            if (sum > limit) {
                assertThat(sum).as(of() + " at " + now() + ", spent of " + name).isLessThanOrEqualTo(limit);
            }
            long spent = restored ? redis.spent(window) : -1;
            if (spent >= 0 && spent + redis.held(window) < sum) {
                assertThat(spent + redis.held(window))
                        .as(of() + " at " + now() + ", booked and held of " + name + " " + redis.holds())
                        .isGreaterThanOrEqualTo(sum);
            }
        });
    }

    /** What is not at its end; null where all is. */
    private @Nullable String left() {
        if (inputsDone.size() < inputs.size() || committed < attempts.size()) {
            return "requests: " + inputsDone.size() + " of " + inputs.size() + ", attempts: " + committed + " of "
                    + attempts.size();
        }
        if (lates > 0) {
            return "late facts";
        }
        for (int i = 0; i < USAGE_PARTITIONS; i++) {
            if (usageCommitted[i] < usage.get(i).size()) {
                return "facts";
            }
        }
        if (!isRestored() || !redis.holds().isEmpty()) {
            return "restored: " + isRestored() + ", held: " + redis.holds();
        }
        for (Window window : inForce(now() - STORM_MILLIS, now())) {
            long spent = redis.spent(window);
            if (spent >= 0 && spent != ledger.in(window)) {
                return window.nameText() + " has " + spent + " spent, by the ledger " + ledger.in(window);
            }
        }
        return null;
    }

    private Set<Window> inForce(long... moments) {
        Set<Window> found = new HashSet<>();
        for (Control.Purse purse : purses.values()) {
            for (long moment : moments) {
                found.addAll(Window.of(List.of(new Holder(purse.scope(), purse.id(), purse.terms())), moment));
            }
        }
        return found;
    }

    /** All that is left can be spent, and no more. */
    private void spendAll() {
        Request request = request("all", 7, List.of("one"), 600_000);
        long each = 17;
        Set<Window> ours = inForce(now());
        long room = room(ours);
        if (room > 40 * each) {
            return;
        }
        while (router.isDead() || !router.epoch().equals(redis.epoch()) || writer.isDead()) {
            time.passUntil(now() + 100, this::check);
        }
        long passed = 0;
        while (reserves(request, (int) passed)) {
            passed++;
        }
        // what a call that nobody waited for has cost may be told meanwhile
        long after = room(ours);
        assertThat(passed)
                .as(of() + ", calls that are left")
                .isBetween(Math.max(0, Math.min(room, after) / each), Math.max(0, Math.max(room, after) / each));
    }

    private long room(Set<Window> windowsNow) {
        return windowsNow.stream()
                .filter(window ->
                        window.scope() == Scope.GLOBAL || window.holder().equals("one"))
                .mapToLong(window -> window.limit() - ledger.in(window))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private boolean reserves(Request request, int number) {
        Deployment cheap = BOTH.getFirst();
        Plan plan = Plan.untried("v1", List.of(new Hop("a", List.of(cheap.id()))), 0, true);
        Future<RouterMoney.Answer> asked =
                router.money().reserve(new Attempt(request, plan, 0, number, cheap.id(), cheap.account(), 0, now()));
        while (!asked.isComplete()) {
            time.passUntil(now() + 20, this::check);
        }
        assertThat(asked.result().denied() == null || asked.result().denied().kind() == FailureKind.BUDGET_EXCEEDED)
                .as(of() + ": " + asked.result())
                .isTrue();
        return asked.result().granted() != null;
    }
}
