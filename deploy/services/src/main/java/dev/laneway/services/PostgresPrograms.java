package dev.laneway.services;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked, and the way to run them: they refuse to run as root. */
record PostgresPrograms(Path folder, List<String> prefix) {

    static PostgresPrograms unpacked(BinaryCache cache) throws IOException, ServicesException {
        return new PostgresPrograms(cache.unpacked("postgres", resource(), PostgresPrograms::unpack), prefixFor());
    }

    /** The names under which the artifacts of io.zonky.test.postgres carry them. */
    private static String resource() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
        return "postgres-" + os + "-" + arch + ".txz";
    }

    /** A user namespace in which root is nobody is enough, and changes no owner of a file. */
    private static List<String> prefixFor() throws ServicesException {
        if (!SystemTools.runsAsRoot()) {
            return List.of();
        }
        var unshare = SystemTools.find("unshare").map(program -> List.of(program, "-U"));
        if (unshare.isEmpty() || !SystemTools.succeeds(unshare.get())) {
            throw new ServicesException(
                    "PostgreSQL does not run as root, and this system does not let unshare -U hide it:"
                            + " start Laneway as another user, or name a server in DATABASE_URL");
        }
        return unshare.get();
    }

    private static void unpack(InputStream resource, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(resource))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("the archive leads outside its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (!entry.getName().endsWith(".a")) {
                    write(tar, entry, target);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
    }

    /** The beginning of a command that runs one of the programs. */
    List<String> command(String program) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("bin").resolve(program).toString());
        return List.copyOf(command);
    }

    /** Runs a program to its end. */
    void run(List<String> command, String input, Path log) throws IOException, ServicesException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        SystemTools.strip(builder.environment());
        Process process = builder.start();
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            throw new ServicesException("PostgreSQL cannot make its data folder: see " + log);
        }
    }
}
