package dev.laneway.runtime.config.models;

import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code credential_list}: keys and addresses that several deployments share by {@code litellm_credential_name}. What a deployment says
 * itself goes before.
 */
final class Credentials {
    static final String KEY = "litellm_credential_name";

    private final Reading reading;
    private final Map<String, Block> byName = new HashMap<>();

    Credentials(Reading reading) {
        this.reading = reading;
    }

    /** Takes {@code credential_list} of the file's top mapping. */
    void read(Block top) {
        for (Value item : top.items("credential_list")) {
            Block block = item.block(reading);
            if (block == null) {
                continue;
            }
            Text name = block.text("credential_name");
            Block values = block.block("credential_values");
            new KnownKeys(reading).leftInLiteLlms(block, "credential");
            if (name == null || values == null) {
                reading.problems()
                        .error(
                                block.place(),
                                "is no credential",
                                "write credential_name: and credential_values: {api_key: ...}");
            } else if (byName.putIfAbsent(name.value(), values) != null) {
                reading.problems().error(name.place(), "is here twice", "give each credential a name of its own");
            }
        }
    }

    /** Gives a deployment what the credential that it names has. */
    void lend(Block params) {
        Text name = params.text(KEY);
        Block values = name == null ? null : byName.get(name.value());
        if (values != null) {
            params.inherit(values);
        } else if (name != null) {
            reading.problems()
                    .error(
                            name.place(),
                            "there is no credential " + name.value(),
                            Spelling.didYouMean(name.value(), byName.keySet(), "add it to credential_list"));
        }
    }
}
