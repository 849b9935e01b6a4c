package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void nameFolder() throws Exception {
        folder = temporary.toRealPath().resolve("a/data");
    }

    @Test
    void shouldMakeAFolderThatOnlyItsOwnerCanEnter() throws Exception {
        try (var data = DataFolder.open(folder, 0)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void shouldRefuseASecondOpenerWithItsProcessId() throws Exception {
        try (var first = DataFolder.open(folder, 0)) {
            assertThatThrownBy(() -> DataFolder.open(folder, 0))
                    .isInstanceOf(ServicesException.class)
                    .hasMessage("data folder " + first.root() + " is in use by process "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void shouldRefuseASecondOpenerThatComesByAnotherPath() throws Exception {
        try (var first = DataFolder.open(folder, 0)) {
            Path link = Files.createSymbolicLink(temporary.resolve("link"), first.root());

            Throwable refusal = catchThrowable(() -> DataFolder.open(link, 0));

            assertThat(refusal).hasMessageStartingWith("data folder " + first.root() + " is in use by process ");
        }
    }

    @Test
    void shouldOpenAgainAfterItWasClosed() throws Exception {
        DataFolder.open(folder, 0).close();

        try (var second = DataFolder.open(folder, 0)) {
            assertThat(second.root()).isEqualTo(folder);
        }
    }

    @Test
    void shouldRefuseADiskThatIsNearlyFullAndLeaveNoLock() throws Exception {
        Throwable refusal = catchThrowable(() -> DataFolder.open(folder, Long.MAX_VALUE));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageMatching("data folder \\S+ has \\d+ MiB of disk left and needs at least \\d+ MiB: .*");
        DataFolder.open(folder, 0).close();
    }

    @Test
    void shouldRefuseAFileInPlaceOfTheFolder() throws Exception {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "precious");

        Throwable refusal = catchThrowable(() -> DataFolder.open(folder, 0));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageContaining(folder + " is a file and not a folder");
        assertThat(folder).hasContent("precious");
    }

    @Test
    void shouldRefuseAFolderThatCannotBeMade() {
        Throwable refusal = catchThrowable(() -> DataFolder.open(Path.of("/proc/laneway"), 0));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageStartingWith("data folder /proc/laneway cannot be used: ");
    }

    @Test
    void shouldKeepASecretReadableByItsOwnerAlone() throws Exception {
        String secret;
        try (var data = DataFolder.open(folder, 0)) {
            secret = data.secret("redis");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secretFile("redis"))))
                    .isEqualTo("rw-------");
        }

        try (var data = DataFolder.open(folder, 0)) {
            assertThat(data.secret("redis")).isEqualTo(secret).hasSizeGreaterThan(30);
        }
    }
}
