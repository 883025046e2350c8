# Times a training step of the reference network in PyTorch: batch 4, T = 5, frames of 66x200x3, mean squared error, Adam.
import json
import sys
import time

import torch
from torch import nn

torch.manual_seed(1)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 3
        for filters, kernel, stride in ((24, 5, 2), (36, 5, 2), (48, 5, 2), (64, 3, 1), (64, 3, 1)):
            layers += [nn.Conv2d(channels, filters, kernel, stride), nn.ReLU()]
            channels = filters
        self.trunk = nn.Sequential(*layers, nn.Flatten(), nn.Linear(1152, 100), nn.ReLU())
        self.lstm = nn.LSTM(100, 64, batch_first=True)
        self.head = nn.Linear(64, 3)

    def forward(self, frames):
        batch, steps = frames.shape[:2]
        features = self.trunk(frames.flatten(0, 1)).unflatten(0, (batch, steps))
        return self.head(self.lstm(features)[0])


def step_time(threads):
    torch.set_num_threads(threads)
    network = Network()
    optimiser = torch.optim.Adam(network.parameters(), 1e-4)
    frames, targets = torch.rand(4, 5, 3, 66, 200), torch.rand(4, 5, 3)
    times = []
    for _ in range(30):
        begun = time.perf_counter()
        optimiser.zero_grad()
        nn.functional.mse_loss(network(frames), targets).backward()
        optimiser.step()
        times.append(1000 * (time.perf_counter() - begun))
    return sorted(times[5:])[len(times[5:]) // 2]


json.dump({"version": torch.__version__, "threads": {str(n): step_time(n) for n in (1, 2)}}, sys.stdout)
