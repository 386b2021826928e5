/** What is collected on this machine. What is special to one system stays behind the collectors' port. */
@NullMarked
package io.strongroom.agent.collect;

import org.jspecify.annotations.NullMarked;
