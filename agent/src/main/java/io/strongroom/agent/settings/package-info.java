/** The agent's one configuration file: declared keys and nothing else. */
@NullMarked
package io.strongroom.agent.settings;

import org.jspecify.annotations.NullMarked;
