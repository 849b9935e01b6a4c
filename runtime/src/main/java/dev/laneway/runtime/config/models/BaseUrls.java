package dev.laneway.runtime.config.models;

import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.dialects.providers.ProviderRow.AuthStyle;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.References;
import dev.laneway.runtime.config.file.Value;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Finds a deployment's address: {@code api_base} or {@code base_url}, else the vendor's variable, else the vendor's own. */
final class BaseUrls {
    private final Reading reading;

    BaseUrls(Reading reading) {
        this.reading = reading;
    }

    /** An address, or why there is none. */
    sealed interface Found {
        /** @param stated the file names it, so it isn't the vendor's by default */
        record At(URI url, boolean stated) implements Found {}

        /** A variable that the address is made of isn't set here. */
        record Unset(String variable) implements Found {}

        /** Wrong, and said so. */
        record Wrong() implements Found {}
    }

    /** @param platform a cloud platform's own, for the region that was found; null where there is none */
    Found find(ProviderRow row, Block params, @Nullable URI platform) {
        Value value = null;
        for (String key : new String[] {"api_base", "base_url", "aws_bedrock_runtime_endpoint"}) {
            Value stated = row.auth() == AuthStyle.AWS || !key.startsWith("aws_") ? params.take(key) : null;
            value = value == null || value.isNull() ? stated : value;
        }
        String raw = value == null ? null : value.raw(reading);
        if (value != null && raw != null) {
            return switch (reading.references().resolve(raw)) {
                case References.Resolved.Unset(String variable) -> new Found.Unset(variable);
                case References.Resolved.Value(String text) -> url(text, value.place(), true);
            };
        }
        for (String variable : row.baseUrlVariables()) {
            String set = reading.references().variable(variable);
            if (set != null) {
                return url(OllamaHost.complete(variable, set), new Place(variable, 0), false);
            }
        }
        if (platform != null) {
            return new Found.At(platform, false);
        }
        if (row.baseUrl() == null) {
            reading.problems()
                    .error(params.place(), row.name() + " has no address of its own", "add api_base: http://...");
            return new Found.Wrong();
        }
        return new Found.At(URI.create(row.baseUrl()), false);
    }

    private Found url(String text, Place at, boolean stated) {
        String wrong = fault(text);
        if (wrong != null) {
            reading.problems().error(at, wrong, "write http://HOST:PORT or https://HOST, with a path if it has one");
            return new Found.Wrong();
        }
        return new Found.At(URI.create(text.strip().replaceAll("/+$", "")), stated);
    }

    private static @Nullable String fault(String text) {
        try {
            URI url = new URI(text.strip());
            String scheme = url.getScheme();
            if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                return "is no http or https address";
            }
            if (url.getRawUserInfo() != null) {
                return "holds a user or password; a key belongs into api_key";
            }
            if (url.getHost() == null || url.getHost().isEmpty()) {
                return "has no valid host name";
            }
            if (url.getPort() > 65_535 || url.getPort() == 0) {
                return "has no valid port";
            }
            return url.getRawQuery() != null || url.getRawFragment() != null ? "has a ? or # part" : null;
        } catch (URISyntaxException malformed) {
            return "is no address";
        }
    }
}
