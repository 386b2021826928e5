/**
 * The Java client: one SDK for the console, the agent, the launcher and anybody who sends records.
 *
 * <p>Calls block and are made for virtual threads. Everything is safe to use from many threads at once.
 */
@NullMarked
package io.strongroom.api.client;

import org.jspecify.annotations.NullMarked;
