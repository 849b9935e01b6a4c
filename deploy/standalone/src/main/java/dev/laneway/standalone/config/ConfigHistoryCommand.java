package dev.laneway.standalone.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.FileHistory;
import dev.laneway.runtime.config.KeptVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code config history}: what is kept of a config file. */
@Command(
        name = "history",
        description = "Lists the versions of the config file that were in force, newest first. At most 20 are kept.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigHistoryCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    private CommandSpec spec;

    @Mixin
    private HistoryOptions options;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        FileHistory files = options.open(true);
        ConfigResult present = files.present();
        List<KeptVersion> kept = files.history().newestFirst();
        KeptVersion now = files.now(present).orElse(null);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(files, present, kept, now) : text(files, present, kept, now));
        out.flush();
        return 0;
    }

    private String text(FileHistory files, ConfigResult present, List<KeptVersion> kept, @Nullable KeptVersion now) {
        if (kept.isEmpty()) {
            return options.nothingKept(files) + "\n";
        }
        StringBuilder text = new StringBuilder();
        for (KeptVersion version : kept) {
            text.append(String.format(
                    Locale.ROOT,
                    "%4d  %s  %s%s%n",
                    version.number(),
                    version.at(),
                    version.version(),
                    version.equals(now) ? "  the file's now" : ""));
        }
        if (now == null) {
            text.append(
                    switch (present) {
                        case ConfigResult.Valid valid ->
                            "the file is version " + valid.config().version() + ", which is not kept\n";
                        case ConfigResult.Invalid invalid ->
                            "the file is no valid config now: "
                                    + invalid.problems().getFirst() + "\n";
                    });
        }
        return text.append("kept in ")
                .append(files.history().path())
                .append('\n')
                .toString();
    }

    private String json(FileHistory files, ConfigResult present, List<KeptVersion> kept, @Nullable KeptVersion now) {
        ObjectNode root = JSON.createObjectNode();
        root.put("file", options.config.toString());
        root.put("folder", files.history().path().toString());
        root.put(
                "version",
                present instanceof ConfigResult.Valid valid ? valid.config().version() : null);
        ArrayNode versions = root.putArray("versions");
        for (KeptVersion version : kept) {
            versions.addObject()
                    .put("number", version.number())
                    .put("time", version.at().toString())
                    .put("version", version.version())
                    .put("now", version.equals(now))
                    .put("path", version.path().toString());
        }
        return root.toPrettyString() + "\n";
    }
}
