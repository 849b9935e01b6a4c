package dev.laneway.accounting.database;

import dev.laneway.runtime.database.DatabaseUrl;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The same database, by the same login and with the same care for its certificate, for what speaks JDBC. A connection of it blocks: it
 * belongs on a bounded executor.
 */
public final class JdbcAccess {
    private static final int CONNECT_SECONDS = 3;
    private static final int LOGIN_SECONDS = 5;

    /** Says on standard error what its exceptions say too; held here, since the JDK forgets the levels of loggers that nobody holds. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private JdbcAccess() {}

    /**
     * Connections are made when they are asked for, each anew.
     *
     * @param name shown in {@code pg_stat_activity}
     */
    public static DataSource of(DatabaseUrl url, String name) {
        PgConnectOptions options = url.options();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host(options)});
        source.setPortNumbers(new int[] {options.getPort()});
        source.setDatabaseName(options.getDatabase());
        source.setUser(options.getUser());
        source.setPassword(options.getPassword());
        source.setApplicationName(name);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(LOGIN_SECONDS);
        source.setTcpKeepAlive(true);
        source.setSslMode(options.getSslMode().value);
        String root = rootCertificate(options);
        if (root != null) {
            source.setSslRootCert(root);
        } else if (options.getSslMode() == SslMode.VERIFY_CA || options.getSslMode() == SslMode.VERIFY_FULL) {
            source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory"); // the JVM's own authorities
        }
        return source;
    }

    private static String host(PgConnectOptions options) {
        String host = options.getHost();
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @SuppressWarnings("NullAway") // options that nobody set are null
    private static @Nullable String rootCertificate(PgConnectOptions options) {
        TrustOptions trust =
                options.getSslOptions() == null ? null : options.getSslOptions().getTrustOptions();
        List<String> paths = trust instanceof PemTrustOptions pem ? pem.getCertPaths() : List.of();
        return paths.isEmpty() ? null : Objects.requireNonNull(paths.getFirst());
    }
}
