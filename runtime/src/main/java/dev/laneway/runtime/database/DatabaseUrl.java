package dev.laneway.runtime.database;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A parsed {@code postgresql://user:password@host:port/name?sslmode=...}; {@code postgres://} means the same. User, password and name
 * may be percent-encoded; the port is 5432 and the name the user's where the URL has none. {@code sslmode} has libpq's meaning:
 * {@code require} encrypts without looking at the certificate, {@code verify-ca} and {@code verify-full} check it against {@code
 * sslrootcert} or the JVM's own authorities.
 */
public final class DatabaseUrl {
    private static final String FORM = "give it as postgresql://user:password@host:port/name";
    private static final int DEFAULT_PORT = 5432;

    private final PgConnectOptions options;
    private final List<String> ignored;

    private DatabaseUrl(PgConnectOptions options, List<String> ignored) {
        this.options = options;
        this.ignored = List.copyOf(ignored);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException with a message of one line that says what is wrong and repeats nothing of the URL
     */
    public static DatabaseUrl parse(String url) {
        String text = url.strip();
        String rest;
        if (text.startsWith("postgresql://")) {
            rest = text.substring("postgresql://".length());
        } else if (text.startsWith("postgres://")) {
            rest = text.substring("postgres://".length());
        } else {
            throw wrong("does not begin with postgresql://");
        }
        int question = rest.indexOf('?');
        Map<String, String> parameters = parameters(question < 0 ? "" : rest.substring(question + 1));
        String place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String name = slash < 0 ? "" : decode(place.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        if (at < 1) {
            throw wrong("names no user");
        }
        String login = authority.substring(0, at);
        int colon = login.indexOf(':');
        String user = decode(colon < 0 ? login : login.substring(0, colon));
        PgConnectOptions options = new PgConnectOptions()
                .setUser(user)
                .setPassword(colon < 0 ? "" : decode(login.substring(colon + 1)))
                .setDatabase(name.isEmpty() ? user : name);
        address(options, authority.substring(at + 1));
        return new DatabaseUrl(options, apply(options, parameters));
    }

    /** A fresh copy, for one client to change as it likes. Holds the password. */
    public PgConnectOptions options() {
        return new PgConnectOptions(options);
    }

    /** Parameters of the URL that mean nothing here, by name, for a warning. */
    public List<String> ignored() {
        return ignored;
    }

    /** {@code host:port/name}: fit for logs. */
    @Override
    public String toString() {
        return options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
    }

    private static void address(PgConnectOptions options, String address) {
        int portAt = address.startsWith("[") ? address.indexOf(']') + 1 : address.indexOf(':');
        int end = portAt < 0 || portAt == 0 ? address.length() : portAt;
        String host = address.substring(0, end);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw wrong("names no host");
        }
        String port = address.substring(end);
        options.setHost(decode(host)).setPort(port.isEmpty() || port.equals(":") ? DEFAULT_PORT : port(port));
    }

    private static int port(String port) {
        if (!port.matches(":[0-9]{1,5}")) {
            throw wrong("has a port that is not a number");
        }
        int number = Integer.parseInt(port.substring(1));
        if (number < 1 || number > 65_535) {
            throw wrong("has a port that is not in 1 to 65535");
        }
        return number;
    }

    private static List<String> apply(PgConnectOptions options, Map<String, String> parameters) {
        List<String> ignored = new ArrayList<>();
        parameters.forEach((name, value) -> {
            switch (name) {
                case "sslmode", "sslrootcert" -> {}
                case "application_name" -> options.addProperty("application_name", value);
                default -> ignored.add(name);
            }
        });
        SslMode mode = sslMode(parameters.getOrDefault("sslmode", "disable"));
        options.setSslMode(mode);
        if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) {
            ClientSSLOptions ssl =
                    new ClientSSLOptions().setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
            String root = parameters.get("sslrootcert");
            options.setSslOptions(root == null ? ssl : ssl.setTrustOptions(new PemTrustOptions().addCertPath(root)));
        } else if (mode != SslMode.DISABLE) {
            options.setSslOptions(new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm(""));
        }
        return ignored;
    }

    private static SslMode sslMode(String value) {
        for (SslMode mode : SslMode.values()) {
            if (mode.value.equals(value.toLowerCase(Locale.ROOT))) {
                return mode;
            }
        }
        throw wrong("has an sslmode that is not disable, allow, prefer, require, verify-ca or verify-full");
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** Percent-decodes; a plus sign stays one. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("has a percent sign that is not the start of an encoded character (write %25 for it)");
        }
    }

    private static IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("DATABASE_URL " + problem + ": " + FORM);
    }
}
