package dev.laneway.services;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the form of endpoints given from outside, before anything starts. No message repeats a URL: it holds a password. */
final class ExternalServers {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private ExternalServers() {}

    static void check(ServicesConfig config) throws ServicesException {
        checkKafka(config.externalKafka());
        checkUrl(
                "DATABASE_URL",
                config.externalDatabaseUrl(),
                Set.of("postgresql", "postgres"),
                "postgresql://user:password@host:port/name");
        checkUrl("REDIS_URL", config.externalRedisUrl(), Set.of("redis", "rediss"), "redis://user:password@host:port");
    }

    private static void checkKafka(@Nullable String servers) throws ServicesException {
        if (servers == null) {
            return;
        }
        for (String server : servers.split(",", -1)) {
            var form = HOST_AND_PORT.matcher(server.strip());
            if (!form.matches() || Integer.parseInt(form.group(2)) > HIGHEST_PORT) {
                throw new ServicesException("KAFKA_BOOTSTRAP_SERVERS: \"" + server.strip()
                        + "\" is not host:port: give one or several as broker-1:9092,broker-2:9092");
            }
        }
    }

    private static void checkUrl(String name, @Nullable String url, Set<String> schemes, String form)
            throws ServicesException {
        if (url == null) {
            return;
        }
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new ServicesException(name + " is not a URL (character " + (e.getIndex() + 1) + "): give it as "
                    + form + " with special characters of the password percent-encoded");
        }
        if (uri.getScheme() == null || !schemes.contains(uri.getScheme())) {
            throw new ServicesException(
                    name + " does not begin with " + form.substring(0, form.indexOf('/')) + "//: give it as " + form);
        }
        if (uri.getHost() == null) {
            throw new ServicesException(name + " names no host: give it as " + form);
        }
        if (schemes.contains("postgresql")) {
            checkDatabase(name, uri, form);
        }
    }

    private static void checkDatabase(String name, URI uri, String form) throws ServicesException {
        if (uri.getUserInfo() == null) {
            throw new ServicesException(name + " names no user: give it as " + form);
        }
        if (uri.getPath() == null || uri.getPath().length() < 2) {
            throw new ServicesException(name + " names no database: give it as " + form);
        }
    }
}
