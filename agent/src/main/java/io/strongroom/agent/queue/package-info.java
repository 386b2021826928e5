/** The agent's queue (formats §6): lines until a batch is cut, batches until they are acknowledged. */
@NullMarked
package io.strongroom.agent.queue;

import org.jspecify.annotations.NullMarked;
