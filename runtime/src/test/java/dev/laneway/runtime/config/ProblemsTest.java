package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
    private static final String MODEL = "model_list: [{model_name: home, litellm_params: {model: ollama/llama3.2}}]\n";

    @Test
    void shouldHaveNothingToSayOfADurableLane() {
        ConfigResult result = Configs.read("model_list: []\nlanes: {batch: {durable: true}}\n");

        assertThat(Configs.of(result, Severity.WARNING)).noneMatch(problem -> problem.contains("durable"));
    }

    @Test
    void shouldTellTheLineOfACharacterThatNoFileMayHold() {
        assertThat(Configs.errors("model_list: []\n# a\u0000b\n"))
                .containsExactly("config.yaml:2: file: holds a control character: remove it");
    }

    @Test
    void shouldTellAllProblemsAtOnceInTheOrderOfLines() {
        List<String> errors = Configs.errors("""
                model_list:
                  - model_name: a
                  - {model_name: b, litellm_params: {model: opnai/gpt-4o}}
                  - {model_name: c, litellm_params: {model: openai/c, timeout: soon}}
                  - {model_name: d, litellm_params: {model: openai/d}, model_info: {zonee: local}}
                lanes:
                  Big Lane: {privacy: cloud_allowed}
                  routine: {privacy: cloud-allowed, wieght: 2, weight: 0}
                routes:
                  r: {lane: rutine, chain: [c]}
                  s: {lane: routine, chian: [c], fallback: nevr}
                router_settings: {num_retries: -1, fallbacks: 3}
                litellm_settings: {request_timeout: [1]}
                """);

        assertThat(errors)
                .satisfiesExactly(
                        e -> assertThat(e).startsWith("config.yaml:2: model_list[0]: has no litellm_params: "),
                        e -> assertThat(e)
                                .isEqualTo("config.yaml:3: model_list[1].litellm_params.model: unknown provider opnai:"
                                        + " did you mean openai?"),
                        e -> assertThat(e)
                                .startsWith("config.yaml:4: model_list[2].litellm_params.timeout: is no number: "),
                        e -> assertThat(e)
                                .isEqualTo(
                                        "config.yaml:5: model_list[3].model_info.zonee: unknown key: did you mean zone?"),
                        e -> assertThat(e)
                                .startsWith("config.yaml:7: lanes.Big Lane: can't be a part of a topic's name: "),
                        e -> assertThat(e)
                                .startsWith(
                                        "config.yaml:8: lanes.routine.privacy: is not one of cloud_allowed, local_first,"
                                                + " local_only: did you mean cloud_allowed?"),
                        e -> assertThat(e).startsWith("config.yaml:8: lanes.routine.weight: is out of range: "),
                        e -> assertThat(e)
                                .isEqualTo("config.yaml:8: lanes.routine.wieght: unknown key: did you mean weight?"),
                        e -> assertThat(e)
                                .isEqualTo(
                                        "config.yaml:10: routes.r.lane: there is no lane rutine: did you mean routine?"),
                        e -> assertThat(e).startsWith("config.yaml:11: routes.s.chain: has no hop: "),
                        e -> assertThat(e)
                                .startsWith(
                                        "config.yaml:11: routes.s.fallback: is not one of allowed, never: did you mean never?"),
                        e -> assertThat(e)
                                .isEqualTo("config.yaml:11: routes.s.chian: unknown key: did you mean chain?"),
                        e -> assertThat(e).startsWith("config.yaml:12: router_settings.num_retries: is out of range: "),
                        e -> assertThat(e).startsWith("config.yaml:12: router_settings.fallbacks: is not a list: "),
                        e -> assertThat(e)
                                .startsWith("config.yaml:13: litellm_settings.request_timeout: is not a text: "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lane: {private: {}}|lanes",
                "Routes: {}|routes",
                "route: {}|routes",
                "model-list: []|model_list",
                "router_setting: {}|router_settings",
                "general_setings: {}|general_settings",
            })
    void shouldRefuseAMisspeltBlock(String text, String meant) {
        List<String> errors = Configs.errors(MODEL + text);

        assertThat(errors)
                .singleElement()
                .asString()
                .startsWith("config.yaml:2: ")
                .endsWith("did you mean " + meant + "?");
    }

    @Test
    void shouldWarnOfUnknownKeysInLiteLlmsBlocks() {
        List<String> warnings = Configs.warnings("""
                model_list:
                  - {model_name: a, litellm_params: {model: ollama/a, temprature: 1}}
                litellm_settings: {nobody_knows_it: 1}
                something_else: {a: 1}
                """);

        assertThat(warnings)
                .containsExactly(
                        "config.yaml:2: model_list[0].litellm_params.temprature: unknown key, nothing is done with it:"
                                + " did you mean temperature?",
                        "config.yaml:3: litellm_settings.nobody_knows_it: unknown key, nothing is done with it: remove it",
                        "config.yaml:4: something_else: unknown key, nothing is done with it: remove it");
    }

    @Test
    void shouldRefuseUnknownModelsInAChainWithAGuess() {
        List<String> errors = Configs.errors(MODEL + "routes: {a: {lane: private, chain: [hame]}}");

        assertThat(errors)
                .containsExactly("config.yaml:2: routes.a.chain[0]: there is no model hame: did you mean home?");
    }

    @Test
    void shouldWarnOfFallbacksThatNameNothing() {
        List<String> warnings = Configs.warnings(MODEL + "router_settings: {fallbacks: [{hme: [hom]}]}");

        assertThat(warnings)
                .containsExactly(
                        "config.yaml:2: router_settings.fallbacks: there is no model hom, so this fallback is skipped:"
                                + " did you mean home?",
                        "config.yaml:2: router_settings.fallbacks: there is no model hme to fall back from:"
                                + " did you mean home?");
    }

    @Test
    void shouldRefuseAliasesInACircle() {
        List<String> errors = Configs.errors(MODEL + "router_settings: {model_group_alias: {a: b, b: c, c: a}}");

        assertThat(errors).singleElement().asString().contains("leads in a circle: a -> b -> c");
    }

    @Test
    void shouldEndChainsWhoseFallbacksLeadInACircle() {
        GatewayConfig config = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a}}
                  - {model_name: b, litellm_params: {model: openai/b}}
                router_settings: {fallbacks: [{a: [b, a]}, {b: [a]}], default_fallbacks: [a]}
                """).config();

        assertThat(config.routes().get("a").chain()).extracting(ChainHop::name).containsExactly("a", "b");
    }

    @Test
    void shouldRefuseAKeyThatIsThereTwice() {
        List<String> errors = Configs.errors("""
                model_list: []
                lanes:
                  a: {privacy: local_only}
                  a: {privacy: cloud_allowed}
                """);

        assertThat(errors).containsExactly("config.yaml:4: lanes.a: is here twice: keep one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'model_list: ['|1",
                "'a: b: c'|1",
                "'model_list:\n\t- a'|2",
                "'model_list: []\n---\nlanes: {}'|3",
                "'- a'|1",
                "'a: !!python/object:os.system x'|1",
                "'a: \"\\x01\"'|1",
                "'? [a]\n: b'|1",
                "''|0",
            })
    void shouldNameTheLineOfWhatIsNoConfig(String text, int line) {
        List<String> errors = Configs.errors(text);

        assertThat(errors).singleElement().asString().startsWith("config.yaml:" + line + ": ");
    }

    @Test
    void shouldNotShowTheFilesContentInASyntaxError() {
        List<String> errors = Configs.errors("general_settings: {master_key: sk-very-secret\nmodel_list: [");

        assertThat(errors.toString()).doesNotContain("sk-very-secret");
    }

    @Test
    void shouldNotRepeatAValueThatMayBeAMisplacedSecret() {
        ConfigResult result = Configs.read("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, timeout: sk-misplaced-1, weight: sk-misplaced-2}}
                litellm_settings: {request_timeout: sk-misplaced-3}
                general_settings: {expose_models: sk-misplaced-4, master_key: "x${sk_misplaced_5}y"}
                """);

        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        assertThat(result.problems().toString()).doesNotContain("misplaced");
    }

    @Test
    void shouldRefuseAliasBombs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(",", java.util.Collections.nCopies(10, before))));
        }

        List<String> errors = Configs.errors(bomb.toString());

        assertThat(errors).singleElement().asString().contains("aliases stand for too much");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 5000})
    void shouldRefuseDepthBombs(int depth) {
        List<String> errors = Configs.errors("a: " + "[".repeat(depth) + "]".repeat(depth));

        assertThat(errors).singleElement().asString().contains("nested too deeply");
    }

    @Test
    void shouldRefuseACircleOfAliases() {
        List<String> errors = Configs.errors("model_list: &m\n  - model_name: a\n    litellm_params: *m\n");

        assertThat(errors).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\\x61*b*c"})
    void shouldRefuseANameThatIsNone(String name) {
        List<String> errors =
                Configs.errors("model_list: [{model_name: \"" + name + "\", litellm_params: {model: openai/a}}]");

        assertThat(errors).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer x",
                "X-Api-Key: x",
                "Cookie: a=b",
            })
    void shouldRefuseCredentialsInHeaders(String header) {
        List<String> errors = Configs.errors(
                "model_list: [{model_name: a, litellm_params: {model: openai/a, extra_headers: {" + header + "}}}]");

        assertThat(errors).singleElement().asString().contains("looks like a credential");
    }

    @Test
    void shouldRefuseOneAccountNameForTwoAccounts() {
        List<String> errors = Configs.errors("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a}, model_info: {account: shared}}
                  - {model_name: b, litellm_params: {model: openai/b}, model_info: {account: shared}}
                  - {model_name: c, litellm_params: {model: anthropic/c}, model_info: {account: shared}}
                  - {model_name: d, litellm_params: {model: openai/d}, model_info: {account: "Not Fit"}}
                """);

        assertThat(errors)
                .satisfiesExactly(
                        e -> assertThat(e).contains(":4: ").contains("with another provider, address, key or zone"),
                        e -> assertThat(e).contains(":5: ").contains("can't be a part of a topic's name"));
    }
}
