package dev.laneway.runtime.config.models;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code model_info}: LiteLLM's, where operators put whatever they like, with our own keys among it. */
final class InfoReader {
    private static final List<String> OURS = List.of("zone", "account", "region", "out_of_service");
    private static final String SUPPORTS = "supports_";

    private final Reading reading;
    private final KnownKeys known;

    InfoReader(Reading reading) {
        this.reading = reading;
        this.known = new KnownKeys(reading);
    }

    /**
     * What it says.
     *
     * @param zonePlace where the zone is stated, or else the entry
     */
    record Stated(
            @Nullable String id,
            @Nullable Zone zone,
            Place zonePlace,
            @Nullable Text account,
            @Nullable String region,
            @Nullable String outOfService,
            ModelInfo model) {}

    Stated read(@Nullable Block info, Place entry) {
        if (info == null) {
            return new Stated(null, null, entry, null, null, null, ModelInfo.NONE);
        }
        Text id = info.text("id");
        Text zone = info.text("zone");
        Text account = info.text("account");
        Text region = info.text("region");
        Text outOfService = info.text("out_of_service");
        ModelInfo model = model(info);
        refuseNearMisses(info);
        known.leftInLiteLlms(info, "model_info");
        return new Stated(
                id == null ? null : id.value(),
                zone(zone),
                zone == null ? entry : zone.place(),
                account,
                region == null ? null : region.value(),
                outOfService == null ? null : outOfService.value(),
                model);
    }

    private ModelInfo model(Block info) {
        Integer most = info.whole("max_tokens", 1, Integer.MAX_VALUE);
        Integer input = info.whole("max_input_tokens", 1, Integer.MAX_VALUE);
        Integer output = info.whole("max_output_tokens", 1, Integer.MAX_VALUE);
        Text mode = info.text("mode");
        Text base = info.text("base_model");
        Set<String> supports = new TreeSet<>();
        Set<String> lacks = new TreeSet<>();
        for (String key : info.entries().keySet()) {
            Boolean stated = key.startsWith(SUPPORTS) ? info.flag(key) : null;
            if (stated != null) {
                (stated ? supports : lacks).add(key.substring(SUPPORTS.length()));
            }
        }
        return new ModelInfo(
                input,
                output == null ? most : output,
                supports,
                lacks,
                mode == null ? "chat" : mode.value(),
                base == null ? null : base.value(),
                PriceReader.read(info));
    }

    private @Nullable Zone zone(@Nullable Text stated) {
        if (stated == null) {
            return null;
        }
        for (Zone zone : Zone.values()) {
            if (zone.id().equals(stated.value())) {
                return zone;
            }
        }
        reading.problems().error(stated.place(), "is neither local nor cloud", "write zone: local or zone: cloud");
        return Zone.CLOUD;
    }

    /** A misspelt zone would leave its meaning to be guessed, and a guess may be wrong. */
    private void refuseNearMisses(Block info) {
        for (Map.Entry<String, Value> left : info.rest().entrySet()) {
            String meant = KnownKeys.reason("model_info", left.getKey()) == null
                    ? Spelling.nearest(left.getKey(), OURS)
                    : null;
            if (meant != null) {
                info.take(left.getKey());
                reading.problems().error(left.getValue().place(), "unknown key", "did you mean " + meant + "?");
            }
        }
    }
}
