"""The methods of the Bot API that are modelled, by their name in lower case."""

from sandbox.methods import answering, chatting, editing, fetching, profile, sending
from sandbox.methods.call import Method

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for module in (answering, chatting, editing, fetching, profile, sending)
    for method in module.METHODS
}
