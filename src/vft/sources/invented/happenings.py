"""What devices report in the window: alarms, missed doses, tests and technical messages."""

from dataclasses import dataclass, fields, replace

import numpy as np

from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.config import NEVER
from vft.sources.invented.registers import SERVICES
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World


@dataclass(frozen=True, kw_only=True)
class Happenings:
    """Arrays by event. ``device`` is −1 where nobody knows the device. ``code``: the vendor's."""

    case: Numbers
    device: Numbers
    day: Days
    second: Numbers
    code: Numbers
    test: Bools

    def __len__(self) -> int:
        return len(self.case)

    def take(self, rows: Numbers | Bools) -> "Happenings":
        """The events at ``rows``."""
        return Happenings(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})


def joined(*parts: Happenings) -> Happenings:
    """All of them in order of time."""
    names = [f.name for f in fields(Happenings)]
    every = Happenings(**{n: np.concatenate([getattr(p, n) for p in parts]) for n in names})
    return every.take(np.lexsort((every.second, every.day)))


@dataclass(frozen=True, kw_only=True)
class Message:
    """What an alarm log can say: the vendor's code, its text, and how often it comes a day."""

    code: str
    text: str
    rate: float
    technical: bool = False
    test: bool = False
    planned: bool = False  # looked at when it comes: no case for the response service
    by_day: bool = False  # follows the day's rhythm, with its peak from 08 to 11


MESSAGES: dict[str, tuple[Message, ...]] = {
    "TA": (
        Message(code="0010", text="Manuell alarm", rate=0.0175, by_day=True),
        Message(code="0009", text="Automatisk alarm", rate=0.0012, by_day=True),
        Message(code="TEST", text="Prøvealarm", rate=0.0022, test=True, by_day=True),
        Message(code="0016", text="Lavt batteri", rate=0.0026, technical=True),
        Message(code="0073", text="Frakoblet", rate=0.0014, technical=True),
        Message(code="0085", text="Strømbrudd", rate=0.0007, technical=True),
    ),
    "GPS": (
        Message(code="GPS-SOS", text="Alarm fra GPS", rate=0.02, by_day=True),
        Message(code="GPS-SONE", text="Ute av sone", rate=0.03, by_day=True),
        Message(code="0016", text="Lavt batteri", rate=0.03, technical=True),
    ),
    "DT": (
        Message(code="SENG", text="Forlatt seng", rate=0.14),
        Message(code="FALL", text="Fall", rate=0.01),
        Message(code="DØR", text="Dør åpnet", rate=0.05),
        Message(code="TILSYN", text="Planlagt tilsyn med kamera", rate=0.25, planned=True),
        Message(code="0073", text="Frakoblet", rate=0.01, technical=True),
    ),
}
EVERY = tuple(m for service in MESSAGES for m in MESSAGES[service])
TECHNICAL = np.array([m.technical for m in EVERY])
PLANNED = np.array([m.planned for m in EVERY])

#: Alarms by hour, relative. The peak from 08 to 11 is the published one.
_HOURS = np.array(
    [
        2,
        1.6,
        1.5,
        1.4,
        1.5,
        2,
        3,
        5,
        8,
        8.6,
        8.2,
        6.4,
        5.4,
        5,
        4.8,
        4.8,
        5,
        5.2,
        5,
        4.8,
        4.6,
        4.4,
        3.6,
        2.6,
    ]
)


def alarms(world: World) -> Happenings:
    """Alarms, tests and technical messages of safety alarms, GPS and sensors."""
    return joined(
        *(_of(world, service, m) for service, messages in MESSAGES.items() for m in messages)
    )


def _of(world: World, service: str, message: Message) -> Happenings:
    rng = stream(world.seed, f"alarms {service} {message.code}")
    config, cases = world.config, world.cases
    mine = np.flatnonzero(cases.service == SERVICES.index(service))
    start = np.maximum(cases.start[mine], config.first_day)
    days = np.maximum(np.minimum(cases.end[mine], config.last_day) - start, 0)
    eager = rng.standard_gamma(0.7, len(mine)) / 0.7  # few send most of the alarms
    count = rng.poisson(message.rate * eager * days)
    row = np.repeat(np.arange(len(mine)), count)
    day = start[row] + np.floor(rng.random(len(row)) * days[row]).astype(np.int32)
    case = mine[row]
    at_home = ~((cases.pause[case] <= day) & (day < cases.pause_end[case]))
    case, day = case[at_home], day[at_home].astype(np.int32)
    return with_devices(
        world,
        Happenings(
            case=case,
            device=case,
            day=day,
            second=world.clock.existing(day, _seconds(len(case), message, rng)),
            code=np.full(len(case), EVERY.index(message)),
            test=np.full(len(case), message.test),
        ),
    )


def _seconds(n: int, message: Message, rng: np.random.Generator) -> Numbers:
    if not message.by_day:
        return rng.integers(0, 86_400, n)
    hour = rng.choice(24, n, p=_HOURS / _HOURS.sum())
    return np.asarray(hour * 3600 + rng.integers(0, 3600, n))


def with_devices(world: World, found: Happenings) -> Happenings:
    """The events that a device sent, with the device."""
    device = device_on(world, found.case, found.day)
    return replace(found, device=device).take(device >= 0)


def device_on(world: World, case: Numbers, day: Days) -> Numbers:
    """The device that a case used on a day: her own, the newer one after an exchange, or shared.

    −1 where there is none.
    """
    devices = world.devices
    first = np.full(len(world.cases), -1)
    second = first.copy()
    since = np.full(len(world.cases), NEVER)
    used = np.flatnonzero(devices.case >= 0)
    first[devices.case[used[::-1]]] = used[::-1]
    second[devices.case[used]] = used
    since[devices.case[used]] = devices.start[used]
    shared = np.flatnonzero(devices.shared_by >= 0)
    own = first < 0
    lender = np.full(len(world.cases), -1)
    lender[devices.shared_by[shared]] = shared
    first, second = np.where(own, lender, first), np.where(own, lender, second)
    return np.where(day >= since[case], second[case], first[case])
