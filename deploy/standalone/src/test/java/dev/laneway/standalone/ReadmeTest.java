package dev.laneway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.standalone.config.CatalogueProviders;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages tell a newcomer to type is understood. */
class ReadmeTest {
    static List<String> commands() throws Exception {
        return Stream.concat(Readme.blocks("README.md", "").stream(), Readme.blocks("CONTRIBUTING.md", "").stream())
                .flatMap(String::lines)
                .map(line -> line.replaceFirst("\\s+[#>].*", ""))
                .filter(line -> line.startsWith("./laneway ") && !line.equals("./laneway test"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldKnowTheCommandAndItsOptions(String line) {
        String[] arguments = line.substring("./laneway ".length()).split("\\s+");

        assertThatCode(() -> Main.commandLine().parseArgs(arguments)).doesNotThrowAnyException();
    }

    @Test
    void shouldAcceptTheConfigInFiveMinutes() throws Exception {
        String config = Readme.blocks("README.md", "yaml").getFirst();

        ConfigResult result = new ConfigLoader(new CatalogueProviders(), false)
                .parse(config, "README.md", Environment.of(Map.of("ANTHROPIC_API_KEY", "sk-ant-x")));

        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    }
}
