/**
 * The config: one file, LiteLLM's plus lanes and routes, read whole or refused whole.
 *
 * <p>A file and those that it includes are composed into a tree that knows its lines ({@code file}); the settings blocks are read ({@code settings}), then the
 * deployments, each with its provider, address, account and zone ({@code models}), then lanes and routes, each route judged by the
 * first fence ({@code lanes}). Whatever no reader took is said. All problems come at once, and with one error there is no config
 * at all.
 *
 * <p>What comes out is a {@link dev.laneway.runtime.config.GatewayConfig}: immutable, without a secret, and the same in every role,
 * because its canonical text states everything that was taken from one environment. Accounting publishes that text; every role reads
 * it by the same code, fence included, and its version is the digest of it. Secrets stay where they are: a config holds {@link
 * dev.laneway.runtime.config.SecretRef}s, and each machine's {@link dev.laneway.runtime.config.Secrets} finds what they stand for, in its
 * environment, its files, or its own copy of the config file.
 *
 * <p>{@link dev.laneway.runtime.config.ConfigWatcher} sees the file change, {@link dev.laneway.runtime.config.LastGoodCopy} survives
 * its mount, {@link dev.laneway.runtime.config.ConfigStart} chooses between them at a start, and {@link
 * dev.laneway.runtime.config.DefaultConfig} stands in where there is no file. What was in force before is in {@link
 * dev.laneway.runtime.config.ConfigHistory}, as the operator wrote it: {@link dev.laneway.runtime.config.ConfigDiff} compares, and {@link
 * dev.laneway.runtime.config.ConfigRollback} puts it back into the file.
 */
@NullMarked
package dev.laneway.runtime.config;

import org.jspecify.annotations.NullMarked;
