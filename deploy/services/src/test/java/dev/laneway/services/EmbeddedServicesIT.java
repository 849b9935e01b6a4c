package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All three, really started, on one folder. */
class EmbeddedServicesIT {
    @TempDir
    Path folder;

    @Test
    void shouldKeepRowsAndPortsAcrossARestart() throws Exception {
        Endpoints before;
        try (var services = EmbeddedServices.start(ServicesConfig.in(folder));
                var connection = connect(services)) {
            connection.createStatement().execute("CREATE TABLE t AS SELECT 42 AS answer");
            before = services.endpoints();
        }

        try (var services = EmbeddedServices.start(ServicesConfig.in(folder));
                var connection = connect(services)) {
            var rows = connection.createStatement().executeQuery("SELECT answer FROM t");

            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
            assertThat(services.endpoints()).isEqualTo(before);
        }
    }

    private static Connection connect(EmbeddedServices services) throws Exception {
        URI url = URI.create(services.endpoints().databaseUrl());
        String[] user = url.getUserInfo().split(":");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }
}
