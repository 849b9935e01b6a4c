package dev.laneway.standalone.config;

import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.FileHistory;
import dev.laneway.runtime.config.KeptVersion;
import dev.laneway.runtime.config.ValidateReport;
import dev.laneway.standalone.cli.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config diff}: what changed since a kept version, by meaning. */
@Command(
        name = "diff",
        description = {
            "Shows what changes from a kept version, or another file, to the file as it is: by meaning, not by text, and what routes"
                    + " can reach that they could not before.",
            "Exit code 0: no difference, 1: differences, 2: wrong usage, or one of the two can't be read."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigDiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HistoryOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "N|FILE2",
            description =
                    "The number of a kept version, or another file. Default: the newest kept one that differs from the file.")
    private @Nullable String other;

    @Override
    public Integer call() throws IOException {
        FileHistory files = options.open(true);
        ConfigResult present = files.present();
        if (!(present instanceof ConfigResult.Valid after)) {
            return unreadable(options.config.toString(), present);
        }
        if (other != null && !other.matches("\\d{1,9}")) {
            ConfigResult another =
                    new ConfigLoader(new CatalogueProviders(), true).load(Path.of(other), Environment.system());
            return compare(other, another, after);
        }
        Optional<KeptVersion> kept =
                other == null ? files.newestOther(present) : files.numbered(Integer.parseInt(other));
        if (kept.isPresent()) {
            return compare(name(kept.get()), files.read(kept.get()), after);
        }
        if (other == null && files.now(present).isPresent()) {
            return print(
                    "nothing else than the file as it is, version "
                            + after.config().version() + ", is kept in "
                            + files.history().path() + "\n",
                    0);
        }
        return wrong(
                other == null
                        ? options.nothingKept(files)
                        : "no version " + other + " is kept in "
                                + files.history().path());
    }

    static String name(KeptVersion kept) {
        return "kept version " + kept.number() + " (" + kept.version() + ", " + kept.at() + ")";
    }

    private int compare(String name, ConfigResult before, ConfigResult.Valid after) {
        if (!(before instanceof ConfigResult.Valid valid)) {
            return unreadable(name, before);
        }
        String changes = ConfigChanges.text(valid, after);
        String file = options.config + " (" + after.config().version() + ")";
        return changes.isEmpty()
                ? print("no difference in meaning between " + name + " and " + file + "\n", 0)
                : print("from " + name + " to " + file + ":\n" + changes, DIFFERENT);
    }

    private int print(String text, int exitCode) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return exitCode;
    }

    private int unreadable(String name, ConfigResult result) {
        return wrong(new ValidateReport(name, result).text().stripTrailing());
    }

    private int wrong(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
        return Exit.WRONG_USAGE;
    }
}
