package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.ModelInfo;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What deployments cost and can do: by their config, else by the catalogue in force. What was found out is kept for as long as the catalogue
 * is the same and the day, since every call asks several times. Safe for any thread; never waits.
 */
public final class Prices {
    private static final int MOST_REMEMBERED = 10_000;

    private final Supplier<Catalogue> catalogue;
    private final Supplier<LocalDate> today;
    private final Map<StatedPrice, Price> stated = new ConcurrentHashMap<>();
    private volatile Known known = new Known(Catalogue.EMPTY, LocalDate.EPOCH);

    /** By one catalogue, as of one day. */
    private static final class Known {
        final Catalogue catalogue;
        final LocalDate day;
        final Map<Asked, Optional<Price>> prices = new ConcurrentHashMap<>();
        final Map<Asked, Capabilities> capabilities = new ConcurrentHashMap<>();

        Known(Catalogue catalogue, LocalDate day) {
            this.catalogue = catalogue;
            this.day = day;
        }

        @SuppressWarnings("ReferenceEquality") // a catalogue is made anew with each change
        boolean isOf(Catalogue other, LocalDate otherDay) {
            return catalogue == other && day.equals(otherDay);
        }

        /** Two that ask at once may both find out: their answers are equal. */
        static <A> A remembered(Map<Asked, A> answers, Asked asked, Supplier<A> find) {
            A answer = answers.get(asked);
            if (answer == null) {
                answer = find.get();
                if (answers.size() >= MOST_REMEMBERED) { // clients may make names up, where a route is a pattern
                    answers.clear();
                }
                answers.put(asked, answer);
            }
            return answer;
        }
    }

    /** What was asked; {@code info} is told by which object it is, since looking at all of it would take as long as finding out. */
    private record Asked(
            String provider,
            String model,
            ModelInfo info,
            @Nullable Zone zone) {
        @Override
        @SuppressWarnings("ReferenceEquality") // see above
        public boolean equals(Object other) {
            return other instanceof Asked(String itsProvider, String itsModel, ModelInfo itsInfo, Zone itsZone)
                    && info == itsInfo
                    && zone == itsZone
                    && model.equals(itsModel)
                    && provider.equals(itsProvider);
        }

        @Override
        public int hashCode() {
            return (System.identityHashCode(info) * 31 + model.hashCode()) * 31 + provider.hashCode();
        }
    }

    /**
     * By a catalogue that may be another one at each call.
     *
     * @param today by which rows are chosen
     */
    public Prices(Supplier<Catalogue> catalogue, Supplier<LocalDate> today) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.today = Objects.requireNonNull(today, "today");
    }

    /** By one catalogue, as of each day in UTC. */
    public static Prices of(Catalogue catalogue) {
        return new Prices(() -> catalogue, () -> LocalDate.now(ZoneOffset.UTC));
    }

    /**
     * What a call costs: as the config states it, else nothing inside the network, else as the catalogue has it.
     *
     * @param vendorModel see {@link Deployment#vendorModel(String)}
     * @param zone where it runs, see {@link Deployment#zone(String)}
     * @return null where nothing is known: then nobody may take it to be free
     */
    public @Nullable Price of(Deployment deployment, String vendorModel, Zone zone) {
        return of(deployment.provider(), vendorModel, deployment.modelInfo(), zone);
    }

    /** The same of a deployment that is none yet. */
    public @Nullable Price of(String provider, String vendorModel, ModelInfo info, Zone zone) {
        Known now = known();
        return Known.remembered(
                        now.prices,
                        new Asked(provider, vendorModel, info, zone),
                        () -> Optional.ofNullable(find(now, provider, vendorModel, info, zone)))
                .orElse(null);
    }

    /** Answers that are kept about prices. */
    int remembered() {
        return known.prices.size();
    }

    private Known known() {
        Catalogue catalogueNow = catalogue.get();
        LocalDate dayNow = today.get();
        Known last = known;
        if (!last.isOf(catalogueNow, dayNow)) {
            last = new Known(catalogueNow, dayNow);
            known = last;
        }
        return last;
    }

    private @Nullable Price find(Known now, String provider, String vendorModel, ModelInfo info, Zone zone) {
        StatedPrice own = info.price();
        if (own.isEmpty()) {
            return zone == Zone.LOCAL ? Price.FREE : listed(now, provider, vendorModel, info);
        }
        StatedPrice whole = own;
        if (zone == Zone.CLOUD && (own.get(PriceTerm.INPUT) == null || own.get(PriceTerm.OUTPUT) == null)) {
            Catalogue.Entry entry = entry(now, provider, vendorModel, info);
            if (entry != null) {
                whole = completed(own, entry.row().price());
            } else if (!own.isWhole() && own.get(PriceTerm.REQUEST) == null) {
                return null;
            }
        }
        if (zone == Zone.CLOUD) {
            whole = whole.over(vendor(now, provider, vendorModel, info).fees());
        }
        if (stated.size() > MOST_REMEMBERED) {
            stated.clear();
        }
        return stated.computeIfAbsent(whole, price -> new Price("config/" + price.version(), Rates.of(price)));
    }

    /** What it can do: as the config states it, else as the catalogue has it. */
    public Capabilities capabilities(Deployment deployment, String vendorModel) {
        ModelInfo info = deployment.modelInfo();
        String provider = deployment.provider();
        Known now = known();
        return Known.remembered(
                now.capabilities,
                new Asked(provider, vendorModel, info, null),
                () -> capabilities(now, provider, vendorModel, info));
    }

    private static Capabilities capabilities(Known now, String provider, String vendorModel, ModelInfo info) {
        Catalogue.Entry entry = entry(now, provider, vendorModel, info);
        Bounds unsaid = vendor(now, provider, vendorModel, info).bounds();
        Capabilities listed = entry == null
                ? new Capabilities(0, 0, Set.of(), false, unsaid)
                : entry.row().capabilities(unsaid);
        Set<Capability> can = new TreeSet<>(listed.can());
        for (Capability capability : Capability.values()) {
            if (info.supports().contains(capability.configName())) {
                can.add(capability);
            } else if (info.lacks().contains(capability.configName())) {
                can.remove(capability);
            }
        }
        Integer window = info.maxInputTokens();
        Integer most = info.maxOutputTokens();
        return new Capabilities(
                window == null ? listed.window() : window,
                most == null ? listed.maxOutput() : most,
                can,
                listed.known(),
                listed.bounds());
    }

    /** A statement of only a part: the rest is the catalogue's, but what a cache or a long prompt costs there is no longer a part of it. */
    private static StatedPrice completed(StatedPrice own, StatedPrice listed) {
        if (!own.isWhole()) {
            return own.over(listed);
        }
        StatedPrice rest = StatedPrice.NONE;
        for (PriceTerm term : Set.of(PriceTerm.INPUT, PriceTerm.OUTPUT)) {
            rest = rest.with(term, listed.get(term));
        }
        for (PriceTerm.Key key : listed.amounts().keySet()) {
            if (key.term().perUse()) {
                rest = rest.with(key.term(), listed.amounts().get(key));
            }
        }
        return own.over(rest);
    }

    /** What goes for the vendor whose model it is: the one by whose name it is in the catalogue, else the first that has a line. */
    private static VendorLine vendor(Known now, String provider, String vendorModel, ModelInfo info) {
        Catalogue.Entry entry = entry(now, provider, vendorModel, info);
        if (entry != null) {
            return now.catalogue.vendor(entry.row().vendor());
        }
        for (ModelNames.Name name : ModelNames.of(provider, vendorModel)) {
            VendorLine line = now.catalogue.vendors().get(name.vendor());
            if (line != null) {
                return line;
            }
        }
        return VendorLine.NOTHING;
    }

    private static @Nullable Price listed(Known now, String provider, String vendorModel, ModelInfo info) {
        Catalogue.Entry entry = entry(now, provider, vendorModel, info);
        return entry == null ? null : entry.price();
    }

    private static Catalogue.@Nullable Entry entry(Known now, String provider, String vendorModel, ModelInfo info) {
        String base = info.baseModel();
        for (ModelNames.Name name :
                base == null ? ModelNames.of(provider, vendorModel) : ModelNames.ofWritten(provider, base)) {
            Catalogue.Entry entry = now.catalogue.entry(name.vendor(), name.model(), now.day);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }
}
